package dev.quorate.store.sqlite;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// How a child process gets a disk that is soon full. A file system of its own in memory is best,
/// and gone when the process ends; it takes root, or a system that lets everybody make namespaces.
/// A limit to the size of files is to be had everywhere.
// The list is made once and never changed; the checker cannot see that.
@SuppressWarnings("ImmutableEnumChecker")
enum SmallDisk {
  AS_ROOT("unshare --mount sh -c"),
  IN_A_NAMESPACE("unshare --user --map-root-user --mount sh -c"),
  BY_A_LIMIT_TO_FILES("sh -c");

  private static final String SIZE = "8m";

  /// In blocks of 512 or 1,024 bytes, whichever the shell counts in.
  private static final int BLOCKS = 8_192;

  private final String shell;

  SmallDisk(String shell) {
    this.shell = shell;
  }

  /// The best that this system gives.
  static SmallDisk available(Path directory) {
    for (var kind : List.of(AS_ROOT, IN_A_NAMESPACE)) {
      if (succeeds(kind.mounting(directory, List.of("true")))) return kind;
    }
    return BY_A_LIMIT_TO_FILES;
  }

  /// Runs commands one after the other, while each succeeds, on a new small disk at `directory`.
  List<String> mounting(Path directory, List<String> first, List<String> afterwardsReadOnly) {
    var script =
        "mount -t tmpfs -o size=%s tmpfs %s && %s && mount -o remount,ro %s && %s"
            .formatted(
                SIZE,
                quoted(directory.toString()),
                quoted(first),
                quoted(directory.toString()),
                quoted(afterwardsReadOnly));
    return inShell(script);
  }

  List<String> mounting(Path directory, List<String> command) {
    return mounting(directory, command, List.of("true"));
  }

  /// Runs a command that can make no file greater than the limit.
  List<String> limiting(List<String> command) {
    return inShell("ulimit -S -f %d && exec %s".formatted(BLOCKS, quoted(command)));
  }

  private List<String> inShell(String script) {
    var whole = new ArrayList<>(List.of(shell.split(" ")));
    whole.add(script);
    return whole;
  }

  private static String quoted(List<String> words) {
    return String.join(" ", words.stream().map(SmallDisk::quoted).toList());
  }

  private static String quoted(String word) {
    return "'" + word.replace("'", "'\\''") + "'";
  }

  private static boolean succeeds(List<String> command) {
    try {
      var process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      return process.waitFor() == 0;
    } catch (IOException _) {
      return false;
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
