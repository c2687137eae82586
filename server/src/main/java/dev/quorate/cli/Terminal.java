package dev.quorate.cli;

import java.io.ByteArrayOutputStream;
import java.io.Console;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The outside of the program as a command sees it.
///
/// @param home the user's directory
/// @param isInteractive whether a person sits in front of it
record Terminal(
    PrintWriter out,
    PrintWriter err,
    InputStream in,
    Map<String, String> environment,
    Path home,
    boolean isInteractive) {

  private static final Set<String> YES = Set.of("y", "yes");
  private static final int ANSWER_BYTES_MAX = 64;

  /// The streams and variables of this process. Text is UTF-8 whatever the locale says, since
  /// memories are.
  static Terminal ofProcess() {
    return new Terminal(
        writer(FileDescriptor.out),
        writer(FileDescriptor.err),
        System.in,
        System.getenv(),
        Path.of(System.getProperty("user.home", ".")),
        Optional.ofNullable(System.console()).map(Console::isTerminal).orElse(false));
  }

  private static PrintWriter writer(FileDescriptor stream) {
    return new PrintWriter(
        new OutputStreamWriter(new FileOutputStream(stream), StandardCharsets.UTF_8));
  }

  /// Prints a line that must be seen at once.
  void line(String text) {
    out.println(text);
    out.flush();
  }

  /// Prints a line about the command itself.
  void complaint(String text) {
    err.println("quorate: " + text);
    err.flush();
  }

  /// Asks a question. Returns whether the answer is yes.
  boolean confirms(String question) throws IOException {
    out.print(question);
    out.flush();
    var answer = new ByteArrayOutputStream();
    for (var c = in.read();
        c != '\n' && c >= 0 && answer.size() < ANSWER_BYTES_MAX;
        c = in.read()) {
      answer.write(c);
    }
    return YES.contains(answer.toString(StandardCharsets.UTF_8).strip().toLowerCase(Locale.ROOT));
  }

  void flush() {
    out.flush();
    err.flush();
  }
}
