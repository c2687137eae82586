package dev.quorate.merge;

import dev.quorate.time.Stamp;

/// Two ids are one memory, for ever: both were live under one title and namespace.
///
/// @param first the smaller id
/// @param firstCreated when the first was created, as text whose order is time order
/// @param second the greater id
public record AliasFact(
    String first, String firstCreated, String second, String secondCreated, Stamp stamp, Hash hash)
    implements Register {

  public AliasFact {
    if (first.compareTo(second) >= 0) {
      throw new IllegalArgumentException(
          "an alias names two ids in order: " + first + ", " + second);
    }
  }

  public static AliasFact of(String a, String aCreated, String b, String bCreated, Stamp stamp) {
    return a.compareTo(b) < 0
        ? new AliasFact(a, aCreated, b, bCreated, stamp, hash(a, aCreated, b, bCreated, stamp))
        : new AliasFact(b, bCreated, a, aCreated, stamp, hash(b, bCreated, a, aCreated, stamp));
  }

  /// Two nodes may find the same pair; the earliest finding and the earliest creation times stay.
  public static AliasFact merge(AliasFact a, AliasFact b) {
    if (a.hash.equals(b.hash)) return a;
    return of(
        a.first,
        min(a.firstCreated, b.firstCreated),
        a.second,
        min(a.secondCreated, b.secondCreated),
        a.stamp.compareTo(b.stamp) <= 0 ? a.stamp : b.stamp);
  }

  @Override
  public Lane lane() {
    return Lane.ALIAS;
  }

  @Override
  public String key() {
    return first + "\n" + second;
  }

  @Override
  public Hash computedHash() {
    return hash(first, firstCreated, second, secondCreated, stamp);
  }

  private static String min(String a, String b) {
    return a.compareTo(b) <= 0 ? a : b;
  }

  private static Hash hash(String a, String aCreated, String b, String bCreated, Stamp stamp) {
    return Hash.of("alias", a, aCreated, b, bCreated, stamp.text());
  }
}
