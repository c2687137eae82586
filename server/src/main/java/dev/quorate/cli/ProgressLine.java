package dev.quorate.cli;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/// How far a long command is: one line that is drawn over for a person, or a new line every five
/// seconds for a file.
final class ProgressLine {
  private static final long REDRAW_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
  private static final long REPEAT_NANOS = TimeUnit.SECONDS.toNanos(5);
  private static final String ERASE = "\r\u001b[K";

  private final Terminal terminal;
  private final LongSupplier nanoClock;
  private final long start;
  private long next;
  private boolean isDrawn;

  /// Starts to count time.
  ///
  /// @param nanoClock as [System#nanoTime]
  ProgressLine(Terminal terminal, LongSupplier nanoClock) {
    this.terminal = terminal;
    this.nanoClock = nanoClock;
    this.start = nanoClock.getAsLong();
    this.next = terminal.isInteractive() ? 0 : REPEAT_NANOS;
  }

  /// So many rows are done.
  void at(long rows) {
    var elapsed = nanoClock.getAsLong() - start;
    if (elapsed < next) return;
    var rate = Math.round(rows * 1e9 / Math.max(elapsed, 1));
    var line = "%d rows sent, %d a second".formatted(rows, rate);
    if (terminal.isInteractive()) {
      terminal.err().print(ERASE + line);
      terminal.err().flush();
      isDrawn = true;
      next = elapsed + REDRAW_NANOS;
    } else {
      terminal.complaint(line);
      next = elapsed + REPEAT_NANOS;
    }
  }

  /// Makes room for another line.
  void interrupt() {
    if (!isDrawn) return;
    terminal.err().print(ERASE);
    terminal.err().flush();
    isDrawn = false;
  }
}
