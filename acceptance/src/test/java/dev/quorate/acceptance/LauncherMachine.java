package dev.quorate.acceptance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// A machine for the launcher's tests: a copy of the launcher in a repository of its own, with a
/// `PATH` and places for JVMs that hold only what a test puts there. The JDKs and the Maven are
/// scripts that tell how they were called, so that nothing is really built or run.
final class LauncherMachine {
  private static final List<String> TOOLS =
      List.of(
          ("cat chmod cksum cp date dirname find grep head mkdir mktemp mv readlink rm rmdir sed"
                  + " sleep touch")
              .split(" "));

  private final Path base;
  private final Map<String, String> environment = new HashMap<>();

  LauncherMachine(Path base) throws IOException {
    this.base = base;
    for (var directory : List.of("bin", "home", "jvm", "logs", "a repository/launcher")) {
      Files.createDirectories(base.resolve(directory));
    }
    for (var tool : TOOLS) {
      FakePrograms.script(
          base.resolve("bin").resolve(tool), "exec '" + installed(tool) + "' \"$@\"\n");
    }
    var original = checkout();
    for (var file : List.of("quorate", "mvnw")) {
      Files.copy(original.resolve(file), repository().resolve(file));
      FakePrograms.makeExecutable(repository().resolve(file));
    }
    try (var scripts = Files.newDirectoryStream(original.resolve("launcher"))) {
      for (var script : scripts) {
        Files.copy(script, repository().resolve("launcher").resolve(script.getFileName()));
      }
    }
    write("a repository/launcher/jvm-places", base.resolve("jvm") + "/*\n");
    write("a repository/pom.xml", "");
    for (var module : List.of("server", "bench")) {
      write("a repository/" + module + "/pom.xml", "");
      write("a repository/" + module + "/src/main/java/Main.java", "");
    }
    write("a repository/server/src/test/java/MainTest.java", "");
    environment.put("PATH", base.resolve("bin").toString());
    environment.put("HOME", base.resolve("home").toString());
    environment.put("LANG", "C.UTF-8");
  }

  Path repository() {
    return base.resolve("a repository");
  }

  void set(String variable, Object value) {
    environment.put(variable, value.toString());
  }

  /// A JDK where the launcher looks for JVMs. Its `java` prints its version, its process's id and
  /// its arguments, one a line, serves while the file in `SERVE_WHILE` exists, and ends with the
  /// code in `EXIT_CODE`.
  Path addJdk(String version) throws IOException {
    return FakePrograms.jdk(base.resolve("jvm/jdk " + version), version);
  }

  /// A JDK that only a variable or a link can lead to.
  Path addHiddenJdk(String version) throws IOException {
    return FakePrograms.jdk(base.resolve("elsewhere/jdk " + version), version);
  }

  void linkOnPath(String name, Path target) throws IOException {
    Files.createSymbolicLink(base.resolve("bin").resolve(name), target);
  }

  /// A Maven on the `PATH` that "builds" every module once the gate is open, unless it is broken.
  void addMaven(String version) throws IOException {
    FakePrograms.maven(base.resolve("bin"), base.resolve("logs"), version);
  }

  /// A Maven that only `MAVEN_HOME` can lead to.
  Path addHiddenMaven(String version) throws IOException {
    var bin = Files.createDirectories(base.resolve("maven/bin"));
    FakePrograms.maven(bin, base.resolve("logs"), version);
    return base.resolve("maven");
  }

  void shutGate() throws IOException {
    write("logs/gate", "");
  }

  void openGate() throws IOException {
    Files.delete(base.resolve("logs/gate"));
  }

  void breakSources() throws IOException {
    write("logs/broken", "");
  }

  /// What Maven was asked to build, one element a run, each beginning with its process's id.
  List<String> builds() {
    var log = base.resolve("logs/builds");
    return Files.exists(log) ? LauncherRun.linesOf(log) : List.of();
  }

  /// Makes a file of the repository newer than anything that was built so far.
  void save(String file) throws IOException {
    Files.setLastModifiedTime(
        repository().resolve(file), FileTime.from(Instant.now().plusSeconds(60)));
  }

  LauncherRun run(String... arguments) throws Exception {
    return start(repository().resolve("quorate").toString(), arguments).end();
  }

  LauncherRun.Started start(String program, String... arguments) throws IOException {
    var command = new ArrayList<String>(List.of(program));
    command.addAll(List.of(arguments));
    var out = Files.createTempFile(base.resolve("logs"), "out", "");
    var err = Files.createTempFile(base.resolve("logs"), "err", "");
    var builder =
        new ProcessBuilder(command)
            .directory(base.resolve("home").toFile())
            .redirectInput(Path.of("/dev/null").toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    builder.environment().clear();
    builder.environment().putAll(environment);
    return new LauncherRun.Started(builder.start(), out, err);
  }

  private void write(String file, String text) throws IOException {
    var path = base.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
  }

  private static Path installed(String tool) {
    for (var directory : System.getenv("PATH").split(":", -1)) {
      var path = Path.of(directory).resolve(tool);
      if (Files.isExecutable(path)) {
        return path;
      }
    }
    throw new AssertionError("the launcher needs " + tool + ", which is not on the PATH");
  }

  /// The directory of this build that holds the launcher.
  static Path checkout() {
    var directory = Path.of("").toAbsolutePath();
    while (!Files.exists(directory.resolve("quorate"))) {
      var parent = directory.getParent();
      if (parent == null) {
        throw new AssertionError("no directory above this test holds the launcher");
      }
      directory = parent;
    }
    return directory;
  }
}
