package dev.quorate.bench.report;

import dev.quorate.bench.load.Moment;
import java.io.Console;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/// One line a second that tells how the run stands; on a terminal it is written over itself.
public final class ProgressLine implements Moment.Observer {
  private static final String CLEAR_LINE = "\r\u001b[K";

  private final PrintStream out;
  private final boolean overwrite;
  private final long itemsWanted;

  /// `itemsWanted` is how many memories complete the run; 0 where that is not what ends it.
  public ProgressLine(PrintStream out, boolean overwrite, long itemsWanted) {
    this.out = out;
    this.overwrite = overwrite;
    this.itemsWanted = itemsWanted;
  }

  /// Whether standard error goes to a terminal.
  public static boolean onTerminal() {
    try {
      var target = Files.readSymbolicLink(Path.of("/proc/self/fd/2")).toString();
      return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty");
    } catch (IOException _) {
      return Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent();
    }
  }

  @Override
  public void observe(Moment moment) {
    var line =
        String.format(
            Locale.ROOT,
            "%4d s  %,9.1f requests/s  %s  %,d failed",
            moment.seconds(),
            moment.perSecond(),
            state(moment),
            moment.failed());
    show(line);
  }

  /// Shows any other line in its place.
  public void show(String line) {
    if (overwrite) out.print(CLEAR_LINE + line);
    else out.println(line);
    out.flush();
  }

  /// Leaves the line to what is printed next.
  public void end() {
    if (overwrite) out.print(CLEAR_LINE);
    out.flush();
  }

  private String state(Moment moment) {
    if (itemsWanted > 0) {
      return String.format(
          Locale.ROOT,
          "%,d of %,d memories (%d %%)",
          moment.items(),
          itemsWanted,
          100 * moment.items() / itemsWanted);
    }
    return moment.warmup() ? "warm-up" : "p99 " + TextReport.time(moment.p99Micros());
  }
}
