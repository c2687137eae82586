package dev.quorate.scheduling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Scanner;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/// What the kernel itself says of threads afterwards.
@EnabledOnOs(OS.LINUX)
class TurnsTest {
  private static final Path THIS_THREAD = Path.of("/proc/thread-self");
  private static final Path THREADS = Path.of("/proc/self/task");

  private static final String LONG_TURN = "100000000";
  private static final String USUAL_CLASS = "0";
  private static final String IDLE_CLASS = "5";

  /// By 100 more than the niceness.
  private static final String PRIORITY = "prio";

  private static final String NICED_BY_NOTHING = "120";
  private static final String NICED_BY_TEN = "130";

  /// What a thread that has done this, and one that it starts then, are to the kernel.
  private record Seen(Sched own, Sched child) {
    static Seen after(Runnable taken) throws Exception {
      return onNewThread(() -> {
        taken.run();
        return new Seen(Sched.of(THIS_THREAD), onNewThread(() -> Sched.of(THIS_THREAD)));
      });
    }
  }

  private record Sched(List<String> lines) {
    static Sched of(Path thread) throws IOException {
      return new Sched(Files.readAllLines(thread.resolve("sched")));
    }

    String get(String name) {
      return lines.stream()
          .map(line -> line.split(":", 2))
          .filter(parts -> parts[0].strip().equals(name))
          .map(parts -> parts[1].strip())
          .findFirst()
          .orElse("");
    }

    String turn() {
      return get("se.slice");
    }
  }

  private interface Step<T> {
    T run() throws Exception;
  }

  private static <T> T onNewThread(Step<T> step) throws Exception {
    var task = new FutureTask<>(step::run);
    Thread.ofPlatform().start(task);
    return task.get();
  }

  @Test
  void longTurnsChangeNothingElseAndAreNotPassedOn() throws Exception {
    assumeTurnsCanBeSet();
    var before = onNewThread(TurnsTest::usual);
    var seen = Seen.after(Turns::longTakenByThisThread);
    assertThat(seen.own().turn()).isEqualTo(LONG_TURN);
    assertThat(seen.own().get(PRIORITY)).isEqualTo(before.get(PRIORITY));
    assertThat(seen.own().get("policy")).isEqualTo(USUAL_CLASS);
    assertThat(seen.child().turn()).isEqualTo(before.turn()).isNotEqualTo(LONG_TURN);
  }

  @Test
  void fewTurnsAreLongOnesToo() throws Exception {
    assumeThat(usual().get(PRIORITY)).isEqualTo(NICED_BY_NOTHING);
    var seen = Seen.after(Turns::fewAndLongTakenByThisThread);
    assertThat(seen.own().get(PRIORITY)).isEqualTo(NICED_BY_TEN);
    assertThat(seen.own().get("policy")).isEqualTo(USUAL_CLASS);
    assumeTurnsCanBeSet();
    assertThat(seen.own().turn()).isEqualTo(LONG_TURN);
  }

  @Test
  void anIdleThreadIsOfTheIdleClass() throws Exception {
    assumeThat(usual().lines()).isNotEmpty();
    assertThat(Seen.after(Turns::idleTakenByThisThread).own().get("policy")).isEqualTo(IDLE_CLASS);
  }

  @Test
  void theCompilerTakesLongTurns() throws Exception {
    assumeTurnsCanBeSet();
    Turns.longTakenByTheCompiler();
    var turns = new HashSet<String>();
    for (var thread :
        Linux.threadsNamed(name -> name.startsWith("C1 ") || name.startsWith("C2 "))) {
      try {
        turns.add(Sched.of(THREADS.resolve(thread.toString())).turn());
      } catch (IOException _) {
        // The JVM ends those that have nothing to compile.
      }
    }
    assertThat(turns).containsExactly(LONG_TURN);
  }

  private static Sched usual() throws IOException {
    var sched = THIS_THREAD.resolve("sched");
    return Files.isReadable(sched) ? Sched.of(THIS_THREAD) : new Sched(List.of());
  }

  /// Since Linux 6.12, and seen only where the kernel tells of it.
  private static void assumeTurnsCanBeSet() throws IOException {
    assumeThat(usual().turn()).as("the length of a turn, as the kernel tells it").isNotEmpty();
    var version = new Scanner(System.getProperty("os.version")).useDelimiter("[.-]");
    var number = version.nextInt() * 1_000 + version.nextInt();
    assumeThat(number).as("the kernel's version").isGreaterThanOrEqualTo(6_012);
  }
}
