package dev.quorate.acceptance;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/// Everything that the program logs in this process, at every level, stack traces included, until
/// it is closed. Thread-safe.
final class LoggedLines extends Handler implements AutoCloseable {
  private final Logger program = Logger.getLogger("dev.quorate");
  private final Level before = program.getLevel();
  private final List<String> lines = new CopyOnWriteArrayList<>();

  LoggedLines() {
    setLevel(Level.ALL);
    setFormatter(new SimpleFormatter());
    program.addHandler(this);
    program.setLevel(Level.ALL);
  }

  List<String> lines() {
    return List.copyOf(lines);
  }

  @Override
  public void publish(LogRecord record) {
    var text = new StringWriter();
    text.write(getFormatter().formatMessage(record));
    if (record.getThrown() != null) record.getThrown().printStackTrace(new PrintWriter(text));
    lines.add(text.toString());
  }

  @Override
  public void flush() {}

  @Override
  public void close() {
    program.removeHandler(this);
    program.setLevel(before);
  }
}
