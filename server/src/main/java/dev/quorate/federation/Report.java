package dev.quorate.federation;

import dev.quorate.store.Effect;
import dev.quorate.store.Origin;
import dev.quorate.wire.Arrival;
import dev.quorate.wire.Frame;
import dev.quorate.wire.Place;
import dev.quorate.wire.Skip;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What became of each item of a message. Not thread-safe.
public final class Report {
  private final Map<String, Integer> applied = new HashMap<>();
  private final List<Place> parked = new ArrayList<>();
  private final List<Skip> skipped = new ArrayList<>();
  private int noop;
  private Optional<Frame> followed = Optional.empty();
  private Optional<Origin> held = Optional.empty();

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

  void followed(Frame frame) {
    followed = Optional.of(frame);
  }

  void held(Origin upTo) {
    held = Optional.of(upTo);
  }

  /// The frame of the message, if nothing is missing here before it.
  Optional<Frame> followed() {
    return followed;
  }

  /// Up to where everything of the sender is here with this message, if that can be said.
  public Optional<Origin> held() {
    return held;
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
