package dev.quorate.corpus;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// What stands below one heading of level 1 or 2 in a Markdown text.
///
/// @param heading without its marks; empty above the first heading
/// @param text without the heading
record Section(String heading, String text) {
  private static final Pattern HEADING =
      Pattern.compile("^ {0,3}#{1,2}(?:[ \t]+(.*?))?(?:[ \t]+#+)?$");
  private static final Pattern UNDERLINE = Pattern.compile("^ {0,3}(?:=+|-{2,})$");
  // Above a row of hyphens these make a list, a quote, a table or a rule, not a heading.
  private static final Pattern NOT_UNDERLINED = Pattern.compile("^(?: {4}|\t| {0,3}[>|#*+-]).*");

  /// The sections that are not blank, in order.
  static List<Section> of(String text) {
    var sections = new ArrayList<Section>();
    var fence = new Fence();
    var heading = "";
    var body = new ArrayList<String>();
    var lines = text.split("\n", -1);
    for (var i = 0; i < lines.length; i++) {
      var line = lines[i].stripTrailing();
      var inCode = fence.line(line);
      var match = HEADING.matcher(line);
      if (!inCode && match.matches()) {
        close(heading, body, sections);
        heading = match.group(1) == null ? "" : match.group(1);
      } else if (!inCode && isUnderline(line, lines, i)) {
        body.removeLast();
        close(heading, body, sections);
        heading = lines[i - 1].strip();
      } else {
        body.add(lines[i]);
      }
    }
    close(heading, body, sections);
    return sections;
  }

  /// Whether a line makes a heading of the one above it, which must be a paragraph of its own.
  private static boolean isUnderline(String line, String[] lines, int i) {
    if (i == 0 || !UNDERLINE.matcher(line).matches()) return false;
    var above = lines[i - 1];
    return !above.isBlank()
        && !NOT_UNDERLINED.matcher(above).matches()
        && (i == 1 || lines[i - 2].isBlank());
  }

  private static void close(String heading, List<String> body, List<Section> sections) {
    var text = String.join("\n", body);
    // Blank lines around it go; the indentation of its first line may mean code and stays.
    var trimmed = text.replaceFirst("^(?:[ \t]*\n)+", "").stripTrailing();
    if (!trimmed.isBlank()) sections.add(new Section(heading.strip(), trimmed));
    body.clear();
  }
}
