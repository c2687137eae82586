package dev.quorate.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LauncherFindsJdkIT {
  @TempDir Path directory;
  private LauncherMachine machine;

  @BeforeEach
  void prepare() throws IOException {
    machine = new LauncherMachine(directory);
    machine.addMaven("3.9.9");
  }

  @Test
  void aMachineWithoutJdkIsToldWhatToInstall() throws Exception {
    var run = machine.run("serve");

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
    assertThat(run.err())
        .containsExactly(
            "quorate: no JDK 25 or newer was found: install one (apt-get install"
                + " openjdk-25-jdk-headless, brew install openjdk, or Eclipse Temurin 25) or let"
                + " JAVA_HOME name one");
    assertThat(machine.builds()).isEmpty();
  }

  @Test
  void oldJdksAreSkippedWhereverTheyAre() throws Exception {
    machine.set("JAVA_HOME", machine.addHiddenJdk("17.0.15"));
    machine.linkOnPath("java", machine.addHiddenJdk("1.8.0_392").resolve("bin/java"));
    machine.addJdk("24.0.2");

    assertThat(machine.run("serve").exitCode()).isEqualTo(2);

    machine.addJdk("25");

    assertThat(machine.run("serve").out()).startsWith("java 25");
  }

  @Test
  void theJdkOfJavaHomeComesFirst() throws Exception {
    machine.set("JAVA_HOME", machine.addHiddenJdk("25.0.1"));
    machine.linkOnPath("java", machine.addHiddenJdk("26").resolve("bin/java"));
    machine.addJdk("27");

    assertThat(machine.run("serve").out()).startsWith("java 25.0.1");
  }

  @Test
  void theJdkOnThePathComesBeforeOtherPlaces() throws Exception {
    var alternative = directory.resolve("alternative");
    Files.createSymbolicLink(alternative, machine.addHiddenJdk("25.0.1").resolve("bin/java"));
    machine.linkOnPath("java", Path.of("../alternative"));
    machine.addJdk("26");

    assertThat(machine.run("serve").out()).startsWith("java 25.0.1");
  }

  @Test
  void ofThePlacesTheNewestIsTaken() throws Exception {
    machine.addJdk("25.0.9");
    machine.addJdk("25.0.10");
    machine.addJdk("25.0.2");

    assertThat(machine.run("serve").out()).startsWith("java 25.0.10");
  }

  @Test
  void placesInTheHomeDirectoryAreSearched() throws Exception {
    Files.writeString(machine.repository().resolve("launcher/jvm-places"), "~/my jvms/*\n");
    var hidden = machine.addHiddenJdk("25");
    Files.createDirectories(directory.resolve("home/my jvms"));
    Files.createSymbolicLink(directory.resolve("home/my jvms/one"), hidden);

    assertThat(machine.run("serve").out()).startsWith("java 25");
  }

  @Test
  void aRuntimeWithoutCompilerIsNoJdk() throws Exception {
    Files.delete(machine.addJdk("25").resolve("bin/javac"));

    assertThat(machine.run("serve").exitCode()).isEqualTo(2);
  }
}
