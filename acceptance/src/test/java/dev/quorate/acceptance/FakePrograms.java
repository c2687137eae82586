package dev.quorate.acceptance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/// Scripts in the place of the programs that the launcher uses. Each tells how it was called.
final class FakePrograms {
  private FakePrograms() {}

  static Path jdk(Path home, String version) throws IOException {
    Files.createDirectories(home.resolve("bin"));
    Files.writeString(
        home.resolve("release"),
        "IMPLEMENTOR=\"Nobody\"\nJAVA_RUNTIME_VERSION=\"%s+9\"\nJAVA_VERSION=\"%s\"\n"
            .formatted(version, version));
    script(
        home.resolve("bin/java"),
        """
        for argument; do
          case $argument in
            -XX:AOTCacheOutput=*) [ -n "${NO_CACHE-}" ] || echo cache >"${argument#*=}" ;;
          esac
        done
        printf '%%s\\n' 'java %s' "process $$" "$@"
        for argument; do
          while [ "$argument" = serve ] && [ -e "${SERVE_WHILE-}" ]; do
            sleep 0.1
          done
        done
        exit "${EXIT_CODE:-0}"
        """
            .formatted(version));
    script(home.resolve("bin/javac"), "");
    return home;
  }

  static void maven(Path bin, Path logs, String version) throws IOException {
    script(
        bin.resolve("mvn"),
        """
        if [ "$1" = --version ]; then
          echo 'Apache Maven %s (somewhere)'
          exit
        fi
        echo "maven %s on $JAVA_HOME: $*"
        echo "$$ $*" >>'%s/builds'
        while [ -e '%s/gate' ]; do
          sleep 0.1
        done
        if [ -e '%s/broken' ]; then
          echo '[ERROR] Main.java:[7,1] cannot find symbol'
          exit 1
        fi
        for module in server bench; do
          mkdir -p "$module/target/program/lib"
          echo "$module" >"$module/target/program/quorate-$module-7.7.7.jar"
        done
        """
            .formatted(version, version, logs, logs, logs));
  }

  static void script(Path path, String body) throws IOException {
    Files.writeString(path, "#!/bin/sh\n" + body);
    makeExecutable(path);
  }

  static void makeExecutable(Path path) throws IOException {
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-xr-x"));
  }
}
