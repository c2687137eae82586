package dev.quorate.time;

import java.time.Instant;
import java.time.temporal.ChronoField;

/// The hybrid logical time of a change and the node that made it; totally ordered.
///
/// @param time signed 48-bit milliseconds since 1970 in the upper bits (to the year 6429), a 16-bit
///   counter in the lower ones
/// @param origin id of the node that made the change; of a [#derived] stamp with `+` and what it
///   was derived from after it
public record Stamp(long time, String origin) implements Comparable<Stamp> {
  /// Below every stamp that a clock makes.
  public static final Stamp NEVER = new Stamp(0, "");

  private static final int COUNTER_BITS = 16;

  /// No id of a node holds it.
  private static final char DERIVED = '+';

  private static final long NANOS_PER_MILLI = 1_000_000;
  private static final long MILLIS_MAX = Long.MAX_VALUE >> COUNTER_BITS;

  public static Stamp of(long millis, int counter, String origin) {
    return new Stamp((millis << COUNTER_BITS) | counter, origin);
  }

  /// The stamp whose time is `instant`, rounded up to the next 1/65,536 of a millisecond, or the
  /// greatest stamp there is for an instant beyond it. Reading back what [#timestamp] wrote gives
  /// the same stamp.
  public static Stamp at(Instant instant, String origin) {
    if (instant.toEpochMilli() >= MILLIS_MAX) return new Stamp(Long.MAX_VALUE, origin);
    var nanosInMilli = instant.get(ChronoField.NANO_OF_SECOND) % NANOS_PER_MILLI;
    var counter = ((nanosInMilli << COUNTER_BITS) + NANOS_PER_MILLI - 1) / NANOS_PER_MILLI;
    return new Stamp((instant.toEpochMilli() << COUNTER_BITS) + counter, origin);
  }

  /// The stamp of what any node makes of something by this change: the same for the same thing,
  /// another one for another, greater the later the thing is, and next after this stamp.
  ///
  /// @param base stamp of the thing
  /// @param distinction tells things of one stamp apart; letters and digits
  public Stamp derived(Stamp base, String distinction) {
    return new Stamp(time, node() + DERIVED + "%016x".formatted(base.time) + distinction);
  }

  /// The node that made the change.
  public String node() {
    var end = origin.indexOf(DERIVED);
    return end < 0 ? origin : origin.substring(0, end);
  }

  public long millis() {
    return time >> COUNTER_BITS;
  }

  public int counter() {
    return (int) (time & 0xffff);
  }

  public Instant instant() {
    var nanosInMilli = (counter() * NANOS_PER_MILLI) >> COUNTER_BITS;
    return Instant.ofEpochMilli(millis()).plusNanos(nanosInMilli);
  }

  /// This stamp's time as text; text order is time order.
  public String timestamp() {
    return Timestamps.render(instant());
  }

  /// Time and origin as text, unique for each stamp.
  public String text() {
    return timestamp() + "@" + origin;
  }

  public boolean isAfter(Stamp other) {
    return compareTo(other) > 0;
  }

  @Override
  public int compareTo(Stamp other) {
    var byTime = Long.compare(time, other.time);
    return byTime != 0 ? byTime : origin.compareTo(other.origin);
  }
}
