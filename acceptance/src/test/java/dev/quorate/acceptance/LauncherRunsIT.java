package dev.quorate.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LauncherRunsIT {
  @TempDir Path directory;
  private LauncherMachine machine;

  @BeforeEach
  void prepare() throws IOException {
    machine = new LauncherMachine(directory);
    machine.addJdk("25");
    machine.addMaven("3.9.9");
  }

  @Test
  void argumentsReachTheProgramUntouched() throws Exception {
    var run = machine.run("store", "two words", "*", "$HOME", "", "ä\"'");

    assertThat(run.out()).endsWith("store", "two words", "*", "$HOME", "", "ä\"'");
  }

  @Test
  void theExitCodeIsTheProgramsOwn() throws Exception {
    machine.run("stats");
    machine.set("EXIT_CODE", 7);

    assertThat(machine.run("stats").exitCode()).isEqualTo(7);
  }

  @Test
  void theLauncherBecomesTheProgramSoThatSignalsReachIt() throws Exception {
    var run = machine.run("serve");

    assertThat(run.out()).contains("process " + run.process());
  }

  @Test
  void linksToTheLauncherStartItToo() throws Exception {
    Files.createDirectory(directory.resolve("links"));
    Files.createSymbolicLink(directory.resolve("one"), Path.of("a repository/quorate"));
    Files.createSymbolicLink(directory.resolve("links/two"), Path.of("../one"));

    var run = machine.start(directory.resolve("links/two").toString(), "stats").end();

    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).contains("stats");
  }

  @Test
  void aNodeRunsWithTheFullCompilerAndACommandDoesNot() throws Exception {
    assertThat(machine.run("serve").out()).doesNotContain("-XX:TieredStopAtLevel=1");
    assertThat(machine.run("stats").out()).contains("-XX:TieredStopAtLevel=1");
  }

  @Test
  void theHeapAndFurtherOptionsAreSettings() throws Exception {
    assertThat(machine.run("serve").out()).contains("-Xmx224m");

    machine.set("QUORATE_HEAP", "2g");
    machine.set("QUORATE_JAVA_OPTS", "-Dx=1 -Xlog:gc");

    assertThat(machine.run("serve").out())
        .contains("-Xmx2g")
        .doesNotContain("-Xmx224m")
        .containsSubsequence("-Dx=1", "-Xlog:gc", "-jar");
  }

  @Test
  void everyRunUsesTheCacheOfItsJdk() throws Exception {
    var first = cacheOf(machine.run("serve"));
    machine.addJdk("26");
    var run = machine.run("stats");

    assertThat(run.err()).containsExactly("quorate: preparing a fast start ...");
    assertThat(cacheOf(run)).isNotEqualTo(first).isRegularFile();
    assertThat(first).isRegularFile();
  }

  @Test
  void withoutACacheTheProgramRunsAllTheSameAndSaysSoOnce() throws Exception {
    machine.set("NO_CACHE", "1");

    var first = machine.run("stats");
    var second = machine.run("stats");

    var log = machine.repository().toRealPath().resolve("target/launcher-aot.log");
    assertThat(first.err())
        .endsWith(
            "quorate: no fast start: the ahead-of-time cache could not be made ("
                + log
                + " says why)");
    assertThat(log).content().contains("train", "--data");
    assertThat(second.err()).isEmpty();
    assertThat(second.out()).endsWith("stats").noneMatch(line -> line.contains("AOTCache"));
  }

  @Test
  void testsAreRunByMavenOnTheJdkThatWasFound() throws Exception {
    var run = machine.run("test", "-Dseed=42");

    var jdk = directory.resolve("jvm/jdk 25");
    assertThat(run.exitCode()).isZero();
    assertThat(run.err())
        .containsExactly("quorate: testing on JDK 25 (" + jdk + "): ./mvnw verify -Dseed=42");
    assertThat(run.out())
        .containsExactly(
            "maven 3.9.9 on " + jdk + ": verify --batch-mode --no-transfer-progress -Dseed=42");
  }

  @Test
  void theLoadGeneratorIsAProgramOfItsOwn() throws Exception {
    var run = machine.run("bench", "--clients", "64");

    assertThat(machine.builds()).singleElement().asString().contains("--projects bench");
    assertThat(run.out()).endsWith("--clients", "64").doesNotContain("bench");
    assertThat(run.out()).anyMatch(line -> line.endsWith("/quorate-bench-7.7.7.jar"));
  }

  private static Path cacheOf(LauncherRun run) {
    var option = "-XX:AOTCache=";
    return run.out().stream()
        .filter(line -> line.startsWith(option))
        .map(line -> Path.of(line.substring(option.length())))
        .findFirst()
        .orElseThrow();
  }
}
