package dev.quorate.bench.evaluation;

import dev.quorate.bench.probe.CannotRun;
import dev.quorate.bench.probe.Probe;
import dev.quorate.bench.wire.Call;
import dev.quorate.bench.wire.Endpoint;
import dev.quorate.json.Json;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/// Waits for the vectors of a server, which it makes in the background: what is measured before
/// would be a race. A server without a route that tells of them is taken to have none to make.
public final class VectorsMade {
  private static final String TARGET = "/api/v1/embedding";
  private static final Duration PAUSE = Duration.ofSeconds(1);
  private static final Duration PATIENCE = Duration.ofMinutes(30);

  /// A server counts its vectors now and then, so that one look may see what was a moment ago.
  private static final int LOOKS = 2;

  private final Probe probe;
  private final Endpoint endpoint;

  public VectorsMade(Probe probe, Endpoint endpoint) {
    this.probe = probe;
    this.endpoint = endpoint;
  }

  /// Waits until the model is ready, or known not to become so.
  public void awaitModel() {
    var end = System.nanoTime() + PATIENCE.toNanos();
    while (look().path("status").asString("").equals("loading")) pause(end, "load its model");
  }

  /// Waits until no memory lacks a vector that it will get.
  public void await(Consumer<String> progress) {
    var end = System.nanoTime() + PATIENCE.toNanos();
    for (var quiet = 0; ; pause(end, "make its vectors")) {
      var state = look();
      if (!state.path("status").asString("").equals("ready")) return;
      var pending = state.path("pending").asLong(0);
      quiet = pending == 0 ? quiet + 1 : 0;
      if (quiet > LOOKS) return;
      if (pending > 0) progress.accept("%d memories lack their vector".formatted(pending));
    }
  }

  private JsonNode look() {
    var call = new Call();
    call.get().append(TARGET);
    var answer = probe.exchange(endpoint, call);
    if (answer.status() != 200) return Json.object();
    try {
      return Json.parse(answer.body());
    } catch (JacksonException e) {
      throw new CannotRun(endpoint + " answers no JSON: " + e.getOriginalMessage(), e);
    }
  }

  private void pause(long end, String what) {
    if (System.nanoTime() > end) {
      throw new CannotRun(
          "%s did not %s within %d minutes".formatted(endpoint, what, PATIENCE.toMinutes()));
    }
    LockSupport.parkNanos(PAUSE.toNanos());
  }
}
