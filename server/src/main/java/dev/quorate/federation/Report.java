package dev.quorate.federation;

import dev.quorate.store.Effect;
import dev.quorate.wire.Arrival;
import dev.quorate.wire.Place;
import dev.quorate.wire.Skip;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What became of each item of a message. Not thread-safe.
public final class Report {
  private final Map<String, Integer> applied = new HashMap<>();
  private final List<Place> parked = new ArrayList<>();
  private final List<Skip> skipped = new ArrayList<>();
  private int noop;

  void add(Arrival arrival, Effect effect) {
    switch (effect) {
      case APPLIED -> applied.merge(arrival.list(), 1, Integer::sum);
      case PARKED -> {
        applied.merge(arrival.list(), 1, Integer::sum);
        parked.add(arrival.place());
      }
      case NOOP -> noop++;
    }
  }

  void skip(Arrival arrival, String reason) {
    skipped.add(new Skip(arrival.list(), arrival.index(), reason));
  }

  /// How many items of a list changed something here.
  public int applied(String list) {
    return applied.getOrDefault(list, 0);
  }

  /// How many changed something here.
  public int applied() {
    return applied.values().stream().mapToInt(Integer::intValue).sum();
  }

  public int noop() {
    return noop;
  }

  public List<Place> parked() {
    return parked;
  }

  public List<Skip> skipped() {
    return skipped;
  }
}
