package dev.quorate.testkit;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;

/// A node as a process of its own, which can be killed. It runs on the class path of this process.
public final class NodeProcess implements AutoCloseable {
  private static final Pattern READY = Pattern.compile("listening on (http://\\S+)");
  private static final String HEAP = "QUORATE_HEAP";
  private static final int START_SECONDS_MAX = 60;
  private static final int STOP_SECONDS_MAX = 30;

  private final Process process;
  private final List<String> output = new CopyOnWriteArrayList<>();
  private final CompletableFuture<URI> ready = new CompletableFuture<>();
  private final Client client;

  private NodeProcess(Process process) {
    this.process = process;
    Thread.ofVirtual().start(this::follow);
    this.client = new Client(awaitReady());
  }

  /// Starts a node and returns when it answers, on a port of its own unless one is given.
  ///
  /// @param more further arguments of `quorate serve`
  public static NodeProcess start(Path data, String... more) {
    return start(data, Map.of(), more);
  }

  /// The same with further environment variables, of which `QUORATE_HEAP` is the largest heap as it
  /// is for the launcher. It makes no vectors unless they say so.
  public static NodeProcess start(Path data, Map<String, String> environment, String... more) {
    var command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-XX:+ExitOnOutOfMemoryError",
                "-Xmx" + environment.getOrDefault(HEAP, "256m"),
                "-cp",
                System.getProperty("java.class.path"),
                "dev.quorate.cli.Main",
                "serve",
                "--data",
                data.toString()));
    var arguments = List.of(more);
    if (!arguments.contains("--port")) command.addAll(List.of("--port", "0"));
    command.addAll(arguments);
    var builder = new ProcessBuilder(command).redirectErrorStream(true);
    // A model costs memory and a second of the processor, which few tests have a use for.
    builder.environment().put("QUORATE_EMBEDDING_EMBEDDER", "off");
    builder.environment().putAll(environment);
    try {
      return new NodeProcess(builder.start());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void follow() {
    try (var lines =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (var line = lines.readLine(); line != null; line = lines.readLine()) {
        output.add(line);
        var matcher = READY.matcher(line);
        if (matcher.find()) ready.complete(URI.create(matcher.group(1)));
      }
    } catch (IOException e) {
      output.add(String.valueOf(e.getMessage()));
    }
    ready.completeExceptionally(new IllegalStateException("the node did not start:\n" + output()));
  }

  private URI awaitReady() {
    try {
      return ready.get(START_SECONDS_MAX, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw new IllegalStateException("the node did not start:\n" + output(), e);
    } catch (TimeoutException e) {
      process.destroyForcibly();
      throw new IllegalStateException(
          "the node did not start within %d s:\n%s".formatted(START_SECONDS_MAX, output()), e);
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while a node started", e);
    }
  }

  public Client client() {
    return client;
  }

  public long pid() {
    return process.pid();
  }

  /// What the process has written so far.
  public String output() {
    return String.join("\n", output);
  }

  /// Ends the process by SIGKILL, and returns when it is gone.
  public void kill() {
    process.destroyForcibly();
    awaitExit();
  }

  /// Asks the process to end, as `SIGTERM` does, and returns its exit code.
  public int stop() {
    // The process's own method would also close its output, of which the rest is wanted.
    process.toHandle().destroy();
    return awaitExit();
  }

  /// Halts the process by SIGSTOP: its connections stay open and nothing is answered.
  public void pause() {
    signal("STOP");
  }

  /// Lets a halted process go on.
  public void resume() {
    signal("CONT");
  }

  private void signal(String name) {
    try {
      var command = List.of("kill", "-" + name, String.valueOf(process.pid()));
      var exitCode = new ProcessBuilder(command).inheritIO().start().waitFor();
      if (exitCode != 0) throw new IllegalStateException(command + " ended with " + exitCode);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while sending a signal", e);
    }
  }

  private int awaitExit() {
    try {
      if (!process.waitFor(STOP_SECONDS_MAX, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new IllegalStateException("the node did not end:\n" + output());
      }
      return process.exitValue();
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while a node ended", e);
    }
  }

  @Override
  public void close() {
    client.close();
    if (process.isAlive()) kill();
  }
}
