package dev.quorate.merge;

import dev.quorate.time.Stamp;
import org.jspecify.annotations.Nullable;

/// Whether a memory id lives, is archived or is deleted. An id without one is live since its
/// content was made.
///
/// @param reason why it was archived or deleted, empty when live
/// @param successor the memory that a deleted source was consolidated into; the delete takes effect
///   only where that one is known
public record LifecycleRegister(
    String id, Stamp stamp, State state, String reason, @Nullable String successor, Hash hash)
    implements Register {

  /// The code is what the store keeps.
  public enum State {
    LIVE(0),
    ARCHIVED(1),
    DELETED(2);

    private final int code;

    State(int code) {
      this.code = code;
    }

    public int code() {
      return code;
    }

    public static State of(int code) {
      return values()[code];
    }
  }

  public static LifecycleRegister of(
      String id, Stamp stamp, State state, String reason, @Nullable String successor) {
    return new LifecycleRegister(
        id, stamp, state, reason, successor, hash(id, stamp, state, reason, successor));
  }

  /// Deleted absorbs everything, and of two deletes the earlier stays, except that one which waits
  /// for nothing stays before one that waits for its successor: what was erased must not come back.
  /// Else the later one stands.
  public static LifecycleRegister merge(LifecycleRegister a, LifecycleRegister b) {
    var aDeleted = a.state == State.DELETED;
    var bDeleted = b.state == State.DELETED;
    if (aDeleted && bDeleted && (a.successor == null) != (b.successor == null)) {
      return a.successor == null ? a : b;
    }
    if (aDeleted && bDeleted) return b.isLaterThan(a) ? a : b;
    if (aDeleted != bDeleted) return aDeleted ? a : b;
    return b.isLaterThan(a) ? b : a;
  }

  public boolean deleted() {
    return state == State.DELETED;
  }

  @Override
  public Lane lane() {
    return Lane.LIFECYCLE;
  }

  @Override
  public String key() {
    return id;
  }

  @Override
  public Hash computedHash() {
    return hash(id, stamp, state, reason, successor);
  }

  private static Hash hash(
      String id, Stamp stamp, State state, String reason, @Nullable String successor) {
    return Hash.of(
        "lifecycle", id, stamp.text(), state.name(), successor == null ? "" : successor, reason);
  }
}
