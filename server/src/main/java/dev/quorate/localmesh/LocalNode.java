package dev.quorate.localmesh;

import dev.quorate.failure.NodeFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// One node of a local mesh: a process that can be started, stopped and killed, always at the same
/// place. What it prints is appended to `node.log` in its directory. Thread-safe.
public final class LocalNode {
  private static final long STOP_SECONDS_MAX = 15;

  private final Place place;
  private final NodeJvm jvm;
  private final List<String> arguments;
  private @Nullable Process process;
  private boolean closed;

  LocalNode(Place place, NodeJvm jvm, List<String> arguments) {
    this.place = place;
    this.jvm = jvm;
    this.arguments = List.copyOf(arguments);
  }

  public Place place() {
    return place;
  }

  public Path log() {
    return place.data().resolve("node.log");
  }

  /// Starts the process, which answers some time later. Does nothing once the mesh was closed.
  ///
  /// @throws NodeFailure if the process cannot be started
  public synchronized void start() {
    if (closed || running()) return;
    var scratch = place.data().resolve("jvm-tmp").toAbsolutePath();
    var builder =
        new ProcessBuilder(JavaProgram.command(jvm, scratch, arguments))
            .redirectErrorStream(true)
            .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()));
    // Settings that are meant for this process are not for its nodes.
    builder.environment().keySet().removeIf(name -> name.startsWith("QUORATE_"));
    try {
      Files.createDirectories(scratch);
      process = builder.start();
    } catch (IOException e) {
      throw new NodeFailure("%s does not start: %s".formatted(place.id(), e.getMessage()), e);
    }
  }

  public synchronized boolean running() {
    return process != null && process.isAlive();
  }

  /// The id of the process, while there is one.
  public synchronized Optional<Long> pid() {
    return Optional.ofNullable(process).filter(Process::isAlive).map(Process::pid);
  }

  /// Completes with the exit code when the process that runs now has ended.
  ///
  /// @throws IllegalStateException if none was started
  public synchronized CompletableFuture<Integer> ended() {
    if (process == null) throw new IllegalStateException(place.id() + " was never started");
    return process.onExit().thenApply(Process::exitValue);
  }

  /// Ends the process at once by SIGKILL, and returns when it is gone.
  public void kill() {
    var running = current();
    if (running == null) return;
    running.destroyForcibly();
    await(running);
  }

  /// Asks the process to end and kills it if it takes too long; returns when it is gone.
  void stop() {
    var running = current();
    if (running == null) return;
    running.destroy();
    if (!await(running)) running.destroyForcibly();
    await(running);
  }

  /// Keeps the process from being started ever again.
  synchronized void close() {
    closed = true;
  }

  private synchronized @Nullable Process current() {
    return process;
  }

  private static boolean await(Process process) {
    try {
      return process.waitFor(STOP_SECONDS_MAX, TimeUnit.SECONDS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /// The last line that the process printed, for saying why it ended.
  public String lastLine() {
    try {
      var lines = Files.readAllLines(log(), StandardCharsets.UTF_8);
      return lines.isEmpty() ? "it printed nothing" : lines.getLast();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
