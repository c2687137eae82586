package dev.quorate.cli;

import java.util.ArrayList;
import java.util.List;

/// Rows of text below a heading, each column as wide as its widest cell.
final class Table {
  private static final String GAP = "  ";

  private final List<List<String>> rows = new ArrayList<>();

  Table(String... heading) {
    rows.add(List.of(heading));
  }

  /// Adds a row; what a cell must not do to a terminal it does not.
  void row(String... cells) {
    var row = new ArrayList<String>();
    for (var cell : cells) row.add(Printable.line(cell));
    rows.add(row);
  }

  void print(Terminal terminal) {
    var widths = new int[rows.getFirst().size()];
    for (var row : rows) {
      for (var i = 0; i < widths.length; i++) widths[i] = Math.max(widths[i], width(row.get(i)));
    }
    for (var row : rows) terminal.out().println(line(row, widths));
  }

  private static String line(List<String> row, int[] widths) {
    var line = new StringBuilder();
    for (var i = 0; i < widths.length; i++) {
      if (i > 0) line.append(GAP);
      line.append(row.get(i)).repeat(' ', widths[i] - width(row.get(i)));
    }
    return line.toString().stripTrailing();
  }

  private static int width(String cell) {
    return cell.codePointCount(0, cell.length());
  }
}
