package dev.quorate.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.logging.ConsoleHandler;
import java.util.logging.Formatter;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/// How a node logs: one line a record on the standard error stream, time in UTC, and no control
/// character of what somebody sent.
final class LogLines extends Formatter {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  /// Libraries that say at every start what only their developers want to know.
  private static final String[] QUIET = {"io.helidon", "org.apache.lucene"};

  // The log manager holds loggers weakly; a level that was set must not be collected with its
  // logger.
  private static final Logger[] QUIETED = new Logger[QUIET.length];

  private LogLines() {}

  /// Makes this the way that everything in this process logs.
  static void install() {
    LogManager.getLogManager().reset();
    var handler = new ConsoleHandler();
    handler.setFormatter(new LogLines());
    Logger.getLogger("").addHandler(handler);
    for (var i = 0; i < QUIET.length; i++) {
      QUIETED[i] = Logger.getLogger(QUIET[i]);
      QUIETED[i].setLevel(Level.SEVERE);
    }
  }

  @Override
  public String format(LogRecord record) {
    var line = new StringBuilder(160);
    line.append(TIME.format(record.getInstant())).append(' ');
    line.append(level(record.getLevel())).append(' ');
    line.append(Printable.line(formatMessage(record)));
    line.append('\n');
    if (record.getThrown() != null) {
      var trace = new StringWriter();
      record.getThrown().printStackTrace(new PrintWriter(trace));
      trace.toString().lines().forEach(each -> indent(each, line));
    }
    return line.toString();
  }

  private static void indent(String traceLine, StringBuilder out) {
    out.append("    ");
    out.append(Printable.line(traceLine));
    out.append('\n');
  }

  private static String level(Level level) {
    if (level.intValue() >= Level.SEVERE.intValue()) return "ERROR";
    if (level.intValue() >= Level.WARNING.intValue()) return "WARN ";
    return level.intValue() >= Level.INFO.intValue() ? "INFO " : "DEBUG";
  }
}
