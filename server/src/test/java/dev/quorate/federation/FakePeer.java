package dev.quorate.federation;

import dev.quorate.json.Json;
import dev.quorate.wire.Arrival;
import dev.quorate.wire.Frame;
import dev.quorate.wire.Item;
import dev.quorate.wire.Protocol;
import dev.quorate.wire.PushAnswer;
import dev.quorate.wire.PushBody;
import dev.quorate.wire.PushTally;
import dev.quorate.wire.Skip;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/// A node n2 that says who it is, and takes every push unless it was told to answer the next ones
/// in another way. It serves nothing. Thread-safe.
final class FakePeer implements Transport {
  private static final long PATIENCE_SECONDS = 20;

  /// What stands for the frame of a body without one.
  private static final Frame PLAIN = new Frame(Protocol.VERSION, "", "", 0, 0, false, "");

  private final Queue<Supplier<Reply>> answers = new ArrayDeque<>();
  private final BlockingQueue<Push> pushes = new LinkedBlockingQueue<>();
  private String epoch = "e2";
  private boolean hidden;

  /// A push as it came in.
  record Push(Frame frame, List<Arrival> arrivals, Map<String, String> headers, String text) {
    /// Keys of the registers in it.
    List<String> keys() {
      var keys = new ArrayList<String>();
      for (var arrival : arrivals) {
        if (arrival instanceof Arrival.Stamped(_, _, Item item, _)) keys.add(item.register().key());
      }
      return keys;
    }
  }

  /// The next push that is not answered by another order yet is answered so.
  synchronized void refuse(int status, String body) {
    answers.add(() -> new Reply(status, body.getBytes(StandardCharsets.UTF_8), 0));
  }

  /// And that one is taken.
  synchronized void take() {
    take(() -> {});
  }

  /// And that one is taken after something has happened.
  synchronized void take(Runnable before) {
    answers.add(() -> {
      before.run();
      return taken();
    });
  }

  /// That one is taken but for its first memory.
  synchronized void skipOnce(String reason) {
    answers.add(() -> taken(List.of(new Skip("memories", 0, reason))));
  }

  /// It has another store from now on.
  synchronized void restore(String newEpoch) {
    epoch = newEpoch;
  }

  /// It does not say any more who it is.
  synchronized void hide() {
    hidden = true;
  }

  /// The next push that came in.
  Push next() throws InterruptedException {
    var push = pushes.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
    return Objects.requireNonNull(push, "no push came within " + PATIENCE_SECONDS + " s");
  }

  /// Whether no push is there that was not looked at.
  boolean isQuiet() {
    return pushes.isEmpty();
  }

  @Override
  public synchronized Reply exchange(
      URI target, Map<String, String> headers, byte[] body, long timeoutMillis) throws Lost {
    return switch (target.getPath()) {
      case Greeting.PATH -> identity();
      case "/api/v1/sync/push" -> push(headers, body);
      default -> throw new Lost("it serves nothing", false);
    };
  }

  private Reply identity() throws Lost {
    if (hidden) throw new Lost("it is busy", false);
    var body = Json.object().put("node", "n2").put("epoch", epoch).put("public_key", "");
    body.putArray("speaks").add(Protocol.VERSION);
    return new Reply(200, Json.utf8(body), 0);
  }

  private Reply push(Map<String, String> headers, byte[] body) {
    var received = PushBody.read(body);
    var frame = Optional.ofNullable(received.frame()).orElse(PLAIN);
    var text = new String(body, StandardCharsets.UTF_8);
    pushes.add(new Push(frame, received.arrivals(), headers, text));
    return Optional.ofNullable(answers.poll()).orElse(this::taken).get();
  }

  private Reply taken() {
    return taken(List.of());
  }

  private Reply taken(List<Skip> skipped) {
    var tally = new PushTally();
    var report =
        new PushAnswer.Report(Protocol.VERSION, Protocol.SPEAKS, "n2", epoch, List.of(), skipped);
    var answer = new PushAnswer(tally.counters(), false, "n2", Map.of(), null, report);
    return new Reply(200, answer.write(), 0);
  }

  @Override
  public void close() {}
}
