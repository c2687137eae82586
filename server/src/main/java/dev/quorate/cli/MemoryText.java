package dev.quorate.cli;

import java.util.List;
import tools.jackson.databind.JsonNode;

/// Memories of an answer as a person reads them.
final class MemoryText {
  /// How many lines of a memory are shown among others.
  private static final int LINES_MAX = 10;

  private MemoryText() {}

  /// One line each.
  static void list(JsonNode memories, Terminal terminal) {
    for (var memory : memories) {
      terminal
          .out()
          .printf(
              "%-36s  %-5s  %s  %s%n",
              field(memory, "id"),
              field(memory, "tier"),
              field(memory, "namespace"),
              field(memory, "title"));
    }
    count(memories.size(), terminal);
  }

  /// Title, facts and content of each, best first.
  static void found(JsonNode memories, Terminal terminal) {
    var out = terminal.out();
    var number = 0;
    for (var memory : memories) {
      out.printf("%d  %s%n", ++number, field(memory, "title"));
      out.printf(
          "   %s  %s  %s%s%s%n",
          field(memory, "id"),
          field(memory, "tier"),
          field(memory, "namespace"),
          tags(memory),
          memory.has("score") ? "  score " + field(memory, "score") : "");
      if (memory.path("explain").hasNonNull("why")) {
        out.printf("   %s%n", field(memory.path("explain"), "why"));
      }
      content(memory, terminal);
      out.println();
    }
    count(number, terminal);
  }

  /// The beginning of a content: a list of long ones would hide that there are several.
  private static void content(JsonNode memory, Terminal terminal) {
    var lines = Printable.text(memory.path("content").asString("")).lines().toList();
    lines.stream().limit(LINES_MAX).forEach(line -> terminal.out().println("   " + line));
    var more = lines.size() - LINES_MAX;
    if (more > 0) {
      terminal.out().printf("   ... %d more lines: quorate get %s%n", more, field(memory, "id"));
    }
  }

  /// Everything of one memory, and its links.
  static void whole(JsonNode memory, JsonNode links, Terminal terminal) {
    var out = terminal.out();
    out.println(field(memory, "title"));
    for (var name :
        List.of(
            "id",
            "namespace",
            "tier",
            "priority",
            "confidence",
            "source",
            "created_at",
            "updated_at",
            "expires_at",
            "access_count",
            "source_uri")) {
      if (memory.hasNonNull(name)) out.printf("  %-13s %s%n", name, field(memory, name));
    }
    if (!tags(memory).isEmpty()) out.printf("  %-13s%s%n", "tags", tags(memory).substring(1));
    var metadata = memory.path("metadata");
    if (!metadata.isEmpty()) {
      out.printf("  %-13s %s%n", "metadata", Printable.line(metadata.toString()));
    }
    for (var link : links) {
      out.printf(
          "  %-13s %s %s %s%n",
          "link", field(link, "source_id"), field(link, "relation"), field(link, "target_id"));
    }
    out.println();
    out.println(Printable.text(memory.path("content").asString("")));
  }

  static String field(JsonNode object, String name) {
    var value = object.path(name);
    return value.isMissingNode() ? "-" : Printable.line(value.asString(value.toString()));
  }

  private static String tags(JsonNode memory) {
    var tags = new StringBuilder();
    for (var tag : memory.path("tags")) {
      tags.append("  #").append(Printable.line(tag.asString("")));
    }
    return tags.toString();
  }

  private static void count(int memories, Terminal terminal) {
    terminal.out().println(memories == 1 ? "1 memory" : memories + " memories");
  }
}
