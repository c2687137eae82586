package dev.quorate.corpus;

import java.util.ArrayList;
import java.util.List;

/// A long text, cut where it hurts least: between paragraphs, never inside a code block that fits;
/// a paragraph that is too long by itself between lines, a line between characters.
final class Pieces {
  private final int bytesMax;
  private final List<String> pieces = new ArrayList<>();
  private final StringBuilder piece = new StringBuilder();
  private int pieceBytes;

  private Pieces(int bytesMax) {
    this.bytesMax = bytesMax;
  }

  /// The pieces in order, none of them blank; the text itself if it fits.
  static List<String> of(String text, int bytesMax) {
    if (PlainText.bytes(text) <= bytesMax) return text.isBlank() ? List.of() : List.of(text);
    var pieces = new Pieces(bytesMax);
    for (var paragraph : paragraphs(text)) pieces.paragraph(paragraph);
    pieces.end();
    return List.copyOf(pieces.pieces);
  }

  /// How the title of a piece ends.
  static String ending(int part) {
    return part == 1 ? "" : " (part " + part + ")";
  }

  /// Runs of lines that belong together, each with its line feeds and the blank lines behind it.
  private static List<String> paragraphs(String text) {
    var paragraphs = new ArrayList<String>();
    var paragraph = new StringBuilder();
    var fence = new Fence();
    var blank = false;
    for (var line : text.split("(?<=\n)", -1)) {
      var wasOutside = fence.isOutside();
      fence.line(line);
      if (wasOutside && blank && !line.isBlank()) {
        paragraphs.add(paragraph.toString());
        paragraph.setLength(0);
      }
      blank = line.isBlank();
      paragraph.append(line);
    }
    paragraphs.add(paragraph.toString());
    return paragraphs;
  }

  private void paragraph(String paragraph) {
    if (PlainText.bytes(paragraph) <= bytesMax) {
      add(paragraph);
      return;
    }
    for (var line : paragraph.split("(?<=\n)", -1)) {
      if (PlainText.bytes(line) <= bytesMax) add(line);
      else characters(line);
    }
  }

  private void characters(String line) {
    line.codePoints().mapToObj(Character::toString).forEach(this::add);
  }

  private void add(String text) {
    var bytes = PlainText.bytes(text);
    if (pieceBytes + bytes > bytesMax) end();
    piece.append(text);
    pieceBytes += bytes;
  }

  private void end() {
    var text = piece.toString().stripTrailing();
    if (!text.isBlank()) pieces.add(text);
    piece.setLength(0);
    pieceBytes = 0;
  }
}
