package dev.quorate.testkit;

import dev.quorate.localmesh.Place;
import java.net.URI;
import java.nio.file.Path;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// One node of a [Mesh]: it can be started again and again, always with the same directory and at
/// the same port.
public final class MeshNode {
  private final Place place;
  private final Supplier<Run> starter;
  private final Client client;
  private @Nullable Run run;

  MeshNode(Place place, Supplier<Run> starter) {
    this.place = place;
    this.starter = starter;
    this.client = new Client(place.url());
  }

  /// A node that runs.
  sealed interface Run {
    /// As a process of its own.
    record OwnProcess(NodeProcess node) implements Run {}

    /// In this process.
    record InProcess(TestNode node) implements Run {}
  }

  public String id() {
    return place.id();
  }

  /// Where it is reached, past any proxy.
  public URI address() {
    return place.url();
  }

  public Path data() {
    return place.data();
  }

  /// Speaks to it, past any proxy; stays the same over restarts.
  public Client client() {
    return client;
  }

  /// Starts it if it does not run, and returns when it answers.
  public synchronized void start() {
    if (run == null) run = starter.get();
  }

  /// Ends it in order, as `SIGTERM` does.
  public synchronized void stop() {
    switch (run) {
      case Run.OwnProcess(var node) -> {
        var _ = node.stop();
        node.close();
      }
      case Run.InProcess(var node) -> node.close();
      case null -> {
        // It does not run.
      }
    }
    run = null;
  }

  /// Ends it by SIGKILL.
  ///
  /// @throws IllegalStateException if it is no process of its own, or does not run
  public synchronized void kill() {
    process().kill();
    process().close();
    run = null;
  }

  /// Halts it by SIGSTOP.
  ///
  /// @throws IllegalStateException if it is no process of its own, or does not run
  public synchronized void pause() {
    process().pause();
  }

  /// Lets it go on after [#pause].
  ///
  /// @throws IllegalStateException if it is no process of its own, or does not run
  public synchronized void resume() {
    process().resume();
  }

  /// What its process has printed since it was started.
  ///
  /// @throws IllegalStateException if it is no process of its own, or does not run
  public synchronized String output() {
    return process().output();
  }

  private NodeProcess process() {
    return switch (run) {
      case Run.OwnProcess(var node) -> node;
      case Run.InProcess _ ->
          throw new IllegalStateException(id() + " runs in this process, which would end with it");
      case null -> throw new IllegalStateException(id() + " does not run");
    };
  }

  /// The digest of all that it holds.
  public String digest() {
    var answer = client.get("/api/v1/cluster/digest");
    if (answer.status() != 200) throw new IllegalStateException(id() + " answered " + answer);
    return answer.json().path("root").asString();
  }

  /// Ends it without ceremony, in whatever state it is.
  synchronized void close() {
    client.close();
    switch (run) {
      case Run.OwnProcess(var node) -> node.close();
      case Run.InProcess(var node) -> node.close();
      case null -> {
        // It does not run.
      }
    }
    run = null;
  }
}
