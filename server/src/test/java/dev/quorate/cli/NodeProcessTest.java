package dev.quorate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The commands that run a node, in a process of their own.
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class NodeProcessTest {
  @TempDir Path directory;

  @Test
  void aNodeSaysWhereItIsAndStopsGracefully() throws IOException, InterruptedException {
    var serve = start("serve", "--port", "0", "--data", directory.toString(), "--node-id", "n1");
    try (var out = serve.inputReader()) {
      var ready = lineWith("listening on", out);
      assertThat(ready)
          .matches(
              "quorate \\S+ listening on http://127\\.0\\.0\\.1:\\d+ \\(node n1, data %s\\)"
                  .formatted(directory));
      var url = ready.replaceAll(".*(http://[0-9.:]+).*", "$1");
      var client = new FakeTerminal().with("QUORATE_URL", url);
      assertThat(client.run("store", "T", "kept")).isZero();

      var second = start("serve", "--port", "0", "--data", directory.toString());
      try (var err = second.errorReader()) {
        assertThat(lineWith("quorate: ", err)).contains("is in use by another node");
      }
      assertThat(second.waitFor()).isEqualTo(1);

      assertThat(client.run("restore", "/dev/null", "--data", directory.toString())).isEqualTo(1);

      serve.toHandle().destroy();
      assertThat(lineWith("stopping", out)).contains("30 s to finish");
      assertThat(lineWith("stopped", out)).isEqualTo("quorate has stopped");
      assertThat(serve.waitFor()).isEqualTo(143);
    } finally {
      end(serve);
    }
  }

  @Test
  void trainingDoesItsWorkAndEnds() throws IOException, InterruptedException {
    var train = start("train", "--data", directory.toString());
    try (var out = train.inputReader()) {
      assertThat(lineWith("trained", out)).matches("trained with [34]\\d\\d requests");
      assertThat(train.waitFor()).isZero();
    } finally {
      end(train);
    }
  }

  private static String lineWith(String text, BufferedReader lines) throws IOException {
    var seen = new ArrayList<String>();
    for (var line = lines.readLine(); line != null; line = lines.readLine()) {
      if (line.contains(text)) return line;
      seen.add(line);
    }
    throw new AssertionError("no line with '" + text + "' but " + seen);
  }

  private static Process start(String... args) throws IOException {
    var command =
        new ArrayList<>(
            List.of(
                ProcessHandle.current().info().command().orElseThrow(),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
    command.addAll(List.of(args));
    var process = new ProcessBuilder(command);
    process.environment().keySet().removeIf(name -> name.startsWith("QUORATE_"));
    return process.start();
  }

  private static void end(Process process) throws InterruptedException {
    process.destroyForcibly();
    assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
  }
}
