package dev.quorate.merge;

import dev.quorate.time.Stamp;

/// An action that awaits approval. Everything that decides its outcome is fixed when it is
/// requested: the number of approvals, the expiry, and inside the payload the id of the memory it
/// will make.
///
/// @param payload canonical JSON of the action
/// @param approvalsNeeded 1, or N for a consensus of N
/// @param expiresMillis from when on no decision counts, milliseconds since 1970
public record PendingAction(
    String id, Stamp stamp, String payload, int approvalsNeeded, long expiresMillis, Hash hash)
    implements Register {

  public static PendingAction of(
      String id, Stamp stamp, String payload, int approvalsNeeded, long expiresMillis) {
    return new PendingAction(
        id,
        stamp,
        payload,
        approvalsNeeded,
        expiresMillis,
        hash(id, stamp, payload, approvalsNeeded, expiresMillis));
  }

  /// A request never changes; should one id ever name two, the earlier stays.
  public static PendingAction merge(PendingAction a, PendingAction b) {
    return b.isLaterThan(a) ? a : b;
  }

  @Override
  public Lane lane() {
    return Lane.PENDING;
  }

  @Override
  public String key() {
    return id;
  }

  @Override
  public Hash computedHash() {
    return hash(id, stamp, payload, approvalsNeeded, expiresMillis);
  }

  private static Hash hash(
      String id, Stamp stamp, String payload, int approvalsNeeded, long expiresMillis) {
    return Hash.of(
        "pending",
        id,
        stamp.text(),
        Integer.toString(approvalsNeeded),
        Long.toString(expiresMillis),
        payload);
  }
}
