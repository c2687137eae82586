package dev.quorate.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LauncherMavenIT {
  @TempDir Path directory;
  private LauncherMachine machine;

  @BeforeEach
  void prepare() throws IOException {
    machine = new LauncherMachine(directory);
  }

  @Test
  void withoutMavenItSaysWhatToInstall() throws Exception {
    machine.addJdk("25");

    var run = mvnw("verify");

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err())
        .containsExactly(
            "mvnw: Maven 3.8.7 or newer is needed: apt-get install maven, or brew install maven");
  }

  @Test
  void anOldMavenIsRefusedByItsVersion() throws Exception {
    machine.addJdk("25");
    machine.addMaven("3.8.6");

    var run = mvnw("verify");

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err())
        .containsExactly(
            "mvnw: Maven 3.8.7 or newer is needed (%s is 3.8.6): apt-get install maven, or brew install maven"
                .formatted(directory.resolve("bin/mvn")));
    assertThat(machine.builds()).isEmpty();
  }

  @Test
  void theMavenOfMavenHomeComesFirst() throws Exception {
    var jdk = machine.addJdk("25");
    machine.addMaven("3.9.9");
    machine.set("MAVEN_HOME", machine.addHiddenMaven("4.0.0"));

    assertThat(mvnw("clean", "two words").out())
        .containsExactly("maven 4.0.0 on " + jdk + ": clean two words");
  }

  @Test
  void anOldMavenOfMavenHomeIsSkipped() throws Exception {
    machine.addJdk("25");
    machine.addMaven("3.10.0");
    machine.set("MAVEN_HOME", machine.addHiddenMaven("3.6.3"));

    assertThat(mvnw("verify").out()).first().asString().startsWith("maven 3.10.0 ");
  }

  @Test
  void withoutJdkItSaysWhatToInstall() throws Exception {
    machine.addMaven("3.9.9");

    var run = mvnw("verify");

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err())
        .singleElement()
        .asString()
        .startsWith("mvnw: no JDK 25 or newer was found:");
  }

  private LauncherRun mvnw(String... arguments) throws Exception {
    return machine.start(machine.repository().resolve("mvnw").toString(), arguments).end();
  }
}
