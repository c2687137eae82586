package dev.quorate.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LauncherBuildsIT {
  @TempDir Path directory;
  private LauncherMachine machine;

  @BeforeEach
  void prepare() throws IOException {
    machine = new LauncherMachine(directory);
    machine.addJdk("25");
    machine.addMaven("3.8.7");
  }

  @Test
  void theFirstUseBuildsAndTheNextDoesNot() throws Exception {
    var first = machine.run("stats");
    var second = machine.run("stats");

    assertThat(first.err())
        .containsExactly(
            "quorate: building (first use, about a minute) ...",
            "quorate: preparing a fast start ...");
    assertThat(second.err()).isEmpty();
    assertThat(second.exitCode()).isZero();
    assertThat(machine.builds()).hasSize(1);
  }

  @Test
  void aNewerSourceOrPomIsBuiltAnew() throws Exception {
    machine.run("stats");
    machine.save("server/src/main/java/Main.java");

    assertThat(machine.run("stats").err())
        .startsWith("quorate: building (the sources have changed) ...");
    assertThat(machine.builds()).hasSize(2);
  }

  @Test
  void aNewerTestIsNotBuilt() throws Exception {
    machine.run("stats");
    machine.save("server/src/test/java/MainTest.java");
    machine.save("bench/src/main/java/Main.java");

    assertThat(machine.run("stats").err()).isEmpty();
    assertThat(machine.builds()).hasSize(1);
  }

  @Test
  void aNodeThatRunsKeepsItsFilesWhateverIsBuiltMeanwhile() throws Exception {
    var running = Files.createFile(directory.resolve("running"));
    machine.set("SERVE_WHILE", running);
    var node = machine.start(launcher(), "serve");
    Await.until(() -> node.outSoFar().contains("serve"));
    machine.save("server/src/main/java/Main.java");
    machine.run("stats");
    machine.run("stats");
    machine.run("stats");

    Files.delete(running);
    var jar = jarOf(node.end());
    assertThat(machine.builds()).hasSize(4);
    assertThat(jar).exists();

    machine.run("stats");

    assertThat(jar).doesNotExist();
  }

  @Test
  void aCommandThatRunsKeepsItsFilesWhenTheNextProgramIsBuilt() throws Exception {
    var jar = jarOf(machine.run("stats"));
    machine.save("server/src/main/java/Main.java");

    assertThat(jarOf(machine.run("stats"))).isNotEqualTo(jar);
    assertThat(jar).exists();
  }

  @Test
  void aFailedBuildShowsTheReasonAndWhereTheLogIs() throws Exception {
    machine.breakSources();

    var run = machine.run("stats");

    var log = machine.repository().toRealPath().resolve("target/launcher-build.log");
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err())
        .containsExactly(
            "quorate: building (first use, about a minute) ...",
            "[ERROR] Main.java:[7,1] cannot find symbol",
            "quorate: the build failed; all of its output is in " + log);
    assertThat(log).content().contains("--projects server --also-make package");
    assertThat(lock()).doesNotExist();
  }

  @Test
  void aMachineWithoutMavenIsToldWhatToInstall() throws Exception {
    Files.delete(directory.resolve("bin/mvn"));

    var run = machine.run("serve");

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err())
        .containsExactly(
            "quorate: building (first use, about a minute) ...",
            "mvnw: Maven 3.8.7 or newer is needed: apt-get install maven, or brew install maven");
  }

  @Test
  void twoLaunchersAtOnceBuildOnce() throws Exception {
    machine.shutGate();
    var first = machine.start(launcher(), "stats");
    Await.until(() -> machine.builds().size() == 1);
    var second = machine.start(launcher(), "stats");
    Await.until(
        () -> second.errSoFar().stream().anyMatch(line -> line.contains("waiting for another")));
    machine.openGate();

    assertThat(first.end().exitCode()).isZero();
    assertThat(second.end().exitCode()).isZero();
    assertThat(machine.builds()).hasSize(1);
    assertThat(lock()).doesNotExist();
  }

  @Test
  void theLockOfADeadLauncherIsNoObstacle() throws Exception {
    var dead = new ProcessBuilder("true").start();
    dead.waitFor();
    Files.createDirectories(lock());
    Files.writeString(lock().resolve("pid"), dead.pid() + "\n");

    assertThat(machine.run("stats").exitCode()).isZero();
    assertThat(lock()).doesNotExist();
  }

  @Test
  void aLauncherThatIsEndedEndsItsBuild() throws Exception {
    machine.shutGate();
    var launcher = machine.start(launcher(), "stats");
    Await.until(() -> machine.builds().size() == 1);
    var build = Long.parseLong(machine.builds().getFirst().split(" ", 2)[0]);
    launcher.process().destroy();

    assertThat(launcher.end().exitCode()).isEqualTo(143);
    Await.until(() -> ProcessHandle.of(build).isEmpty());
    assertThat(lock()).doesNotExist();
    assertThat(directory.resolve("a repository/target/launcher")).isEmptyDirectory();
  }

  private String launcher() {
    return machine.repository().resolve("quorate").toString();
  }

  private Path lock() {
    return machine.repository().resolve("target/launcher/lock");
  }

  private static Path jarOf(LauncherRun run) {
    return Path.of(run.out().get(run.out().indexOf("-jar") + 1));
  }
}
