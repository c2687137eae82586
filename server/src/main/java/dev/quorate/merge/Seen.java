package dev.quorate.merge;

import dev.quorate.time.Stamp;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Which versions an edit was made in knowledge of: per origin the latest stamp time. It tells an
/// ordinary later edit from a concurrent one, whose loser is kept. Immutable.
public record Seen(Map<String, Long> latest) {
  public static final Seen NOTHING = new Seen(Map.of());

  public Seen {
    latest = Map.copyOf(latest);
  }

  public boolean covers(Stamp stamp) {
    return latest.getOrDefault(stamp.origin(), -1L) >= stamp.time();
  }

  public Seen with(Stamp stamp) {
    if (covers(stamp)) return this;
    var more = new TreeMap<>(latest);
    more.put(stamp.origin(), stamp.time());
    return new Seen(more);
  }

  public Seen with(Seen other) {
    var more = new TreeMap<>(latest);
    other.latest.forEach((origin, time) -> more.merge(origin, time, Math::max));
    return new Seen(more);
  }

  /// `origin=time` pairs sorted by origin, the time in hex, joined by commas. Node ids hold neither
  /// character.
  public String text() {
    return new TreeMap<>(latest)
        .entrySet().stream()
            .map(entry -> entry.getKey() + "=" + Long.toHexString(entry.getValue()))
            .collect(Collectors.joining(","));
  }

  public static Seen parse(String text) {
    if (text.isEmpty()) return NOTHING;
    var latest = new TreeMap<String, Long>();
    for (var pair : text.split(",", -1)) {
      var cut = pair.indexOf('=');
      latest.put(pair.substring(0, cut), Long.parseUnsignedLong(pair.substring(cut + 1), 16));
    }
    return new Seen(latest);
  }
}
