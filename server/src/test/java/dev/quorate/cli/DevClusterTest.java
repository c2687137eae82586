package dev.quorate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class DevClusterTest {
  @TempDir Path folder;

  @Test
  void aNodeThatDiesIsSaidInOneLineAndTheOthersEndWithTheCommand() throws Exception {
    var cluster = start("dev-cluster", "2", "--write-quorum", "1", "--data", folder.toString());
    var nodes = new ArrayList<ProcessHandle>();
    try (var out = cluster.inputReader();
        var err = cluster.errorReader()) {
      assertThat(out.readLine()).matches("node-1 {2}http://127\\.0\\.0\\.1:\\d+");
      var second = out.readLine();
      assertThat(second).matches("node-2 {2}http://127\\.0\\.0\\.1:\\d+");
      assertThat(out.readLine()).startsWith("1 of 2 nodes must hold a write");
      cluster.children().forEach(nodes::add);
      assertThat(nodes).hasSize(2);

      var client = new FakeTerminal().with("QUORATE_URL", second.replaceAll(".* ", ""));
      assertThat(client.run("store", "T", "kept")).isZero();
      assertThat(client.run("cluster", "peers")).isZero();
      assertThat(client.out()).contains("node-1", "node-2");

      nodeIn(folder.resolve("node-1"), nodes).destroyForcibly();
      assertThat(err.readLine())
          .isEqualTo(
              "quorate: node-1 has ended with code 137; its log is %s"
                  .formatted(folder.resolve("node-1").resolve("node.log")));

      cluster.toHandle().destroy();
      assertThat(rest(out)).containsExactly("all nodes have ended");
      assertThat(cluster.waitFor()).isEqualTo(143);
      assertThat(nodes).noneMatch(ProcessHandle::isAlive);
      assertThat(folder.resolve("node-2").resolve("quorate.db")).exists();
    } finally {
      nodes.forEach(ProcessHandle::destroyForcibly);
      cluster.destroyForcibly();
      assertThat(cluster.waitFor(10, TimeUnit.SECONDS)).isTrue();
    }
  }

  private static ProcessHandle nodeIn(Path data, List<ProcessHandle> nodes) {
    return nodes.stream()
        .filter(node -> node.info().commandLine().orElse("").contains(data.toString()))
        .findFirst()
        .orElseThrow();
  }

  private static List<String> rest(BufferedReader lines) throws IOException {
    var rest = new ArrayList<String>();
    for (var line = lines.readLine(); line != null; line = lines.readLine()) rest.add(line);
    return rest;
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
    return new ProcessBuilder(command).start();
  }

  @ParameterizedTest
  @CsvSource({
    "0, 1, N must be 1..50: 0",
    "51, 1, N must be 1..50: 51",
    "3, 4, --write-quorum must be 1..3 (the mesh has 3 nodes): 4",
    "1, 0, --write-quorum must be 1..1 (the mesh has 1 node): 0"
  })
  void aMeshThatCannotBeIsRefused(String count, String quorum, String sentence) {
    var terminal = new FakeTerminal();
    assertThat(terminal.run("dev-cluster", count, "--write-quorum", quorum)).isEqualTo(2);
    assertThat(terminal.err()).isEqualTo("quorate: " + sentence + "\n");
  }

  @Test
  void aPortThatIsTakenIsSaid() throws IOException {
    try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      var port = taken.getLocalPort();
      var terminal = new FakeTerminal();
      var exitCode =
          terminal.run(
              "dev-cluster", "1", "--port", String.valueOf(port), "--data", folder.toString());
      assertThat(exitCode).isEqualTo(1);
      assertThat(terminal.err())
          .isEqualTo(
              "quorate: port %d on loopback is taken; choose others with --port\n".formatted(port));
      assertThat(folder).isEmptyDirectory();
    }
  }
}
