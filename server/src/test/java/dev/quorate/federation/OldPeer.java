package dev.quorate.federation;

import dev.quorate.json.Json;
import dev.quorate.wire.Plain.PlainMemory;
import dev.quorate.wire.PushBody;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CopyOnWriteArraySet;

/// A node without our protocol: it knows no greeting, takes plain bodies, and of what it skips it
/// says only how much it was. Thread-safe.
final class OldPeer implements Transport {
  private static final URI ADDRESS = URI.create("http://127.0.0.1:2");

  private final Set<String> disliked = new CopyOnWriteArraySet<>();
  private final Set<String> held = new CopyOnWriteArraySet<>();
  private final List<String> texts = new CopyOnWriteArrayList<>();
  private volatile boolean drifting;

  URI address() {
    return ADDRESS;
  }

  /// It skips this memory from now on.
  void dislike(String id) {
    disliked.add(id);
  }

  /// It says from now on that it has stored something else than it was sent.
  void drift() {
    drifting = true;
  }

  /// Ids of the memories that it took.
  Set<String> held() {
    return held;
  }

  /// Every body that came in.
  List<String> texts() {
    return texts;
  }

  @Override
  public Reply exchange(URI target, Map<String, String> headers, byte[] body, long timeoutMillis) {
    if (!target.getPath().equals("/api/v1/sync/push")) {
      return new Reply(404, Json.utf8(Json.object().put("error", "not found")), 0);
    }
    texts.add(new String(body, StandardCharsets.UTF_8));
    var skipped = 0;
    for (var arrival : PushBody.read(body).arrivals()) {
      if (!(arrival instanceof PlainMemory memory)) continue;
      if (disliked.contains(memory.memory().id())) {
        skipped++;
      } else {
        held.add(memory.memory().id());
      }
    }
    var answer = Json.object().put("applied", 1).put("noop", 0).put("skipped", skipped);
    if (drifting) answer.putArray("ids").add("another");
    return new Reply(200, Json.utf8(answer), 0);
  }

  @Override
  public void close() {}
}
