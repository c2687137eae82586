package dev.quorate.cli;

import java.io.ByteArrayInputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/// A terminal that keeps what is printed.
final class FakeTerminal {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private final Map<String, String> environment = new HashMap<>();
  private byte[] input = {};
  private boolean isInteractive;

  FakeTerminal with(String variable, String value) {
    environment.put(variable, value);
    return this;
  }

  FakeTerminal input(String text) {
    return input(text.getBytes(StandardCharsets.UTF_8));
  }

  FakeTerminal input(byte... bytes) {
    input = bytes;
    return this;
  }

  FakeTerminal interactive() {
    isInteractive = true;
    return this;
  }

  Terminal terminal() {
    return new Terminal(
        new PrintWriter(out),
        new PrintWriter(err),
        new ByteArrayInputStream(input),
        environment,
        Path.of("/nonexistent-home"),
        isInteractive);
  }

  /// Runs the program. Returns its exit code.
  int run(String... args) {
    var terminal = terminal();
    var exitCode = Main.run(terminal, args);
    terminal.flush();
    return exitCode;
  }

  String out() {
    return out.toString();
  }

  String err() {
    return err.toString();
  }
}
