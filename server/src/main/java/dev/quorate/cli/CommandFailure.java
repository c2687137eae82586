package dev.quorate.cli;

/// A command that was not carried out, in one sentence for the user.
final class CommandFailure extends RuntimeException {
  static final int FAILED = 1;
  static final int USAGE = 2;

  private static final long serialVersionUID = 1L;

  private final int exitCode;

  private CommandFailure(int exitCode, String sentence) {
    super(sentence);
    this.exitCode = exitCode;
  }

  /// The request or the node failed.
  static CommandFailure failed(String sentence) {
    return new CommandFailure(FAILED, sentence);
  }

  /// The command line is wrong.
  static CommandFailure usage(String sentence) {
    return new CommandFailure(USAGE, sentence);
  }

  int exitCode() {
    return exitCode;
  }
}
