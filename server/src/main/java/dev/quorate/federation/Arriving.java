package dev.quorate.federation;

import dev.quorate.wire.Frame;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/// Whether peers are bringing what this node missed. As long as they do, it does not read the same
/// from others, who have it as well: after an absence that would be most of the work. Thread-safe.
final class Arriving {
  /// Who has brought nothing for so long has stopped.
  private static final long SILENCE_MILLIS = 3_000;

  /// Who has more and more to bring must not keep this node from reading for ever.
  private static final long PATIENCE_MILLIS = 60_000;

  private final LongSupplier clock;

  /// @param clock milliseconds of any clock that only goes forward
  Arriving(LongSupplier clock) {
    this.clock = clock;
  }

  private record Bringing(long sinceMillis, long lastMillis) {}

  private final Map<String, Bringing> bringing = new HashMap<>();

  /// A push is on disk.
  synchronized void came(Frame frame) {
    if (frame.complete()) {
      bringing.remove(frame.node());
      return;
    }
    var now = clock.getAsLong();
    bringing.merge(
        frame.node(),
        new Bringing(now, now),
        (before, _) -> new Bringing(silent(before, now) ? now : before.sinceMillis(), now));
  }

  /// Whether somebody who has begun to bring what it owes has more of it.
  synchronized boolean underway() {
    var now = clock.getAsLong();
    return bringing.values().stream()
        .anyMatch(peer -> !silent(peer, now) && now - peer.sinceMillis() < PATIENCE_MILLIS);
  }

  private static boolean silent(Bringing peer, long now) {
    return now - peer.lastMillis() > SILENCE_MILLIS;
  }
}
