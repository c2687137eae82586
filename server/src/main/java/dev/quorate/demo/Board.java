package dev.quorate.demo;

import java.io.PrintWriter;
import java.util.List;

/// Where the demo is told: lines that stay and, on a terminal, a table below them that is drawn
/// over. Thread-safe.
final class Board {
  private static final String ERASE_BELOW = "\r\u001b[J";

  private final PrintWriter out;
  private final boolean isTerminal;
  private List<String> table = List.of();

  Board(PrintWriter out, boolean isTerminal) {
    this.out = out;
    this.isTerminal = isTerminal;
  }

  /// Adds a line that stays.
  synchronized void say(String line) {
    erase();
    out.println(line);
    draw();
  }

  /// Draws another table in the place of the last one; only a terminal shows it.
  synchronized void show(List<String> newTable) {
    if (!isTerminal) return;
    erase();
    table = newTable;
    draw();
  }

  /// Adds a table that stays.
  synchronized void keep(List<String> lines) {
    erase();
    table = List.of();
    lines.forEach(out::println);
    out.flush();
  }

  private void erase() {
    if (!table.isEmpty()) out.print("\u001b[%dA".formatted(table.size()) + ERASE_BELOW);
  }

  private void draw() {
    table.forEach(out::println);
    out.flush();
  }
}
