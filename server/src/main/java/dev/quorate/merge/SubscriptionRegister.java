package dev.quorate.merge;

import dev.quorate.time.Stamp;

/// A webhook subscription, or the tombstone of a removed one. Ids are never used again, so a
/// removal is final whatever its stamp; of two that are alike in this the later one wins.
///
/// @param body the canonical bytes of the subscription, which hold the hash of its secret; empty
///   when it was removed
public record SubscriptionRegister(String id, Stamp stamp, String body, Hash hash)
    implements Register {

  public static SubscriptionRegister of(String id, Stamp stamp, String body) {
    return new SubscriptionRegister(id, stamp, body, hash(id, stamp, body));
  }

  public static SubscriptionRegister merge(SubscriptionRegister a, SubscriptionRegister b) {
    if (a.present() != b.present()) return a.present() ? b : a;
    return b.isLaterThan(a) ? b : a;
  }

  public boolean present() {
    return !body.isEmpty();
  }

  @Override
  public Lane lane() {
    return Lane.SUBSCRIPTION;
  }

  @Override
  public String key() {
    return id;
  }

  @Override
  public Hash computedHash() {
    return hash(id, stamp, body);
  }

  /// Without the body, which must not get into a log.
  @Override
  public String toString() {
    return "SubscriptionRegister[id=%s, stamp=%s, present=%s]".formatted(id, stamp, present());
  }

  private static Hash hash(String id, Stamp stamp, String body) {
    return Hash.of("subscription", id, stamp.text(), body);
  }
}
