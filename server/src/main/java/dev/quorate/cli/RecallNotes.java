package dev.quorate.cli;

import tools.jackson.databind.JsonNode;

/// What a person should know of a recall beside its memories.
final class RecallNotes {
  private RecallNotes() {}

  static void show(JsonNode answer, Terminal terminal) {
    var out = terminal.out();
    if (answer.hasNonNull("mode_reason")) {
      out.printf(
          "found by %s: %s%n",
          MemoryText.field(answer, "mode"), MemoryText.field(answer, "mode_reason"));
    }
    if (answer.hasNonNull("as_of")) {
      out.printf(
          "as %s knows it of %s%s%n",
          MemoryText.field(answer, "node"),
          MemoryText.field(answer, "as_of"),
          answer.path("complete").asBoolean(true) ? "" : "; some of what was there is lost");
    }
  }
}
