package dev.quorate.cli;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import tools.jackson.databind.JsonNode;

/// How far the vectors of a node are: a bar that is drawn over for a person, or a new line every
/// five seconds for a file.
final class ReindexBar {
  private static final int WIDTH = 30;
  private static final long REPEAT_NANOS = TimeUnit.SECONDS.toNanos(5);
  private static final String ERASE = "\r\u001b[K";

  private final Terminal terminal;
  private final LongSupplier nanoClock;
  private final long start;
  private long next = REPEAT_NANOS;
  private boolean isDrawn;

  /// @param nanoClock as [System#nanoTime]
  ReindexBar(Terminal terminal, LongSupplier nanoClock) {
    this.terminal = terminal;
    this.nanoClock = nanoClock;
    this.start = nanoClock.getAsLong();
  }

  void at(JsonNode state) {
    var elapsed = nanoClock.getAsLong() - start;
    if (terminal.isInteractive()) {
      terminal.err().print(ERASE + bar(state) + text(state));
      terminal.err().flush();
      isDrawn = true;
    } else if (elapsed >= next) {
      terminal.complaint(text(state));
      next = elapsed + REPEAT_NANOS;
    }
  }

  /// Makes room for another line.
  void end() {
    if (!isDrawn) return;
    terminal.err().print(ERASE);
    terminal.err().flush();
  }

  static String bar(JsonNode state) {
    var done = state.path("done").asLong(0);
    var all = Math.max(1, done + state.path("pending").asLong(0));
    var filled = (int) (WIDTH * done / all);
    return "[" + "#".repeat(filled) + ".".repeat(WIDTH - filled) + "] ";
  }

  /// The state in one line.
  static String text(JsonNode state) {
    var reason = state.path("reason").asString("");
    if (!reason.isEmpty()) return "no vectors are made: " + Printable.line(reason);
    var model = Printable.line(MemoryText.field(state, "model"));
    if (!state.path("done").isNumber()) return "%s is being loaded".formatted(model);
    var done = state.path("done").asLong(0);
    var pending = state.path("pending").asLong(0);
    var failed = state.path("failed").asLong(0);
    var more = failed == 0 ? "" : ", %d cannot be embedded".formatted(failed);
    return "%d of %d memories have a vector of %s%s"
        .formatted(done, done + pending + failed, model, more);
  }
}
