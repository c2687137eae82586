package dev.quorate.corpus;

import java.util.ArrayList;
import java.util.List;

/// The block between two `---` lines at the top of a Markdown file; only its tags are read.
///
/// @param tags as written, without quotes and leading `#`
/// @param rest the text below the block
record FrontMatter(List<String> tags, String rest) {
  /// Takes the block off a text with line feeds; a text without one has no tags.
  static FrontMatter of(String text) {
    if (!text.startsWith("---\n")) return new FrontMatter(List.of(), text);
    var lines = text.split("\n", -1);
    for (var i = 1; i < lines.length; i++) {
      var line = lines[i].stripTrailing();
      if (line.equals("---") || line.equals("...")) {
        var rest = String.join("\n", List.of(lines).subList(i + 1, lines.length));
        return new FrontMatter(tags(List.of(lines).subList(1, i)), rest);
      }
    }
    return new FrontMatter(List.of(), text);
  }

  /// `tags: [a, b]`, `tags: a, b`, or `tags:` with `- a` lines below it.
  private static List<String> tags(List<String> lines) {
    var tags = new ArrayList<String>();
    var inList = false;
    for (var line : lines) {
      if (line.startsWith("tags:")) {
        var inline = line.substring("tags:".length()).strip();
        inList = inline.isEmpty();
        var bare = inline.startsWith("[") && inline.endsWith("]");
        var names = bare ? inline.substring(1, inline.length() - 1) : inline;
        for (var name : names.split(",", -1)) add(name, tags);
      } else if (inList && line.strip().startsWith("-")) {
        add(line.strip().substring(1), tags);
      } else {
        inList = false;
      }
    }
    return tags;
  }

  private static void add(String name, List<String> tags) {
    var tag = PlainText.oneLine(name).replaceAll("^[\"'#]+|[\"']+$", "").strip();
    if (!tag.isEmpty() && !tags.contains(tag)) tags.add(tag);
  }
}
