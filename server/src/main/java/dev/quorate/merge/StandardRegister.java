package dev.quorate.merge;

import dev.quorate.time.Stamp;
import org.jspecify.annotations.Nullable;

/// The standard of a namespace, or the tombstone of a cleared one: the last writer wins.
///
/// @param standardId the memory that is the standard, absent when cleared
/// @param parent the namespace to inherit from, absent for none; never guessed on receive
public record StandardRegister(
    String namespace, Stamp stamp, @Nullable String standardId, @Nullable String parent, Hash hash)
    implements Register {

  public static StandardRegister of(
      String namespace, Stamp stamp, @Nullable String standardId, @Nullable String parent) {
    return new StandardRegister(
        namespace, stamp, standardId, parent, hash(namespace, stamp, standardId, parent));
  }

  public static StandardRegister merge(StandardRegister a, StandardRegister b) {
    return b.isLaterThan(a) ? b : a;
  }

  @Override
  public Lane lane() {
    return Lane.STANDARD;
  }

  @Override
  public String key() {
    return namespace;
  }

  @Override
  public Hash computedHash() {
    return hash(namespace, stamp, standardId, parent);
  }

  private static Hash hash(
      String namespace, Stamp stamp, @Nullable String standardId, @Nullable String parent) {
    return Hash.of(
        "standard",
        namespace,
        stamp.text(),
        standardId == null ? "-" : "+" + standardId,
        parent == null ? "-" : "+" + parent);
  }
}
