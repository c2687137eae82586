package dev.quorate.cli;

import dev.quorate.failure.NodeFailure;
import dev.quorate.failure.RequestFailure;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;

/// How a failure becomes one line and an exit code; with `QUORATE_DEBUG=1` also a stack trace.
record Failure(Exception cause) {
  /// Prints the line. Returns the exit code.
  int tell(Terminal terminal) {
    terminal.flush();
    if ("1".equals(terminal.environment().get("QUORATE_DEBUG"))) {
      cause.printStackTrace(terminal.err());
    }
    terminal.complaint(Printable.line(sentence()));
    return cause instanceof CommandFailure failure ? failure.exitCode() : CommandFailure.FAILED;
  }

  private String sentence() {
    return switch (cause) {
      case CommandFailure e -> String.valueOf(e.getMessage());
      case NodeFailure e -> String.valueOf(e.getMessage());
      case RequestFailure e -> String.valueOf(e.getMessage());
      case NoSuchFileException e -> "there is no file " + e.getFile();
      case AccessDeniedException e -> "no permission for " + e.getFile();
      case IOException e -> String.valueOf(e.getMessage());
      default -> "internal error: %s (QUORATE_DEBUG=1 shows more)".formatted(cause);
    };
  }
}
