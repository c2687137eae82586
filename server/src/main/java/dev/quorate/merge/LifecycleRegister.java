package dev.quorate.merge;

import dev.quorate.time.Stamp;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;

/// Whether a memory id lives, is archived or is deleted. An id without one is live since its
/// content was made.
///
/// @param reason why it was archived or deleted, empty when live
/// @param successors the memories that a deleted source was consolidated into, sorted, each once;
///   the delete takes effect only where one of them is known, and where there is none at once
public record LifecycleRegister(
    String id, Stamp stamp, State state, String reason, List<String> successors, Hash hash)
    implements Register {

  public LifecycleRegister {
    successors = List.copyOf(new TreeSet<>(successors));
    if (state != State.DELETED && !successors.isEmpty()) {
      throw new IllegalArgumentException("only a deleted memory has successors: " + id);
    }
  }

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
      String id, Stamp stamp, State state, String reason, Collection<String> successors) {
    var sorted = List.copyOf(new TreeSet<>(successors));
    return new LifecycleRegister(
        id, stamp, state, reason, sorted, hash(id, stamp, state, reason, sorted));
  }

  /// Deleted absorbs everything. A delete that waits for nothing stays before one that waits for a
  /// successor: what was erased must not come back. Two that wait become one that waits for any of
  /// their successors. Of two deletes the earlier stamp stays; else the later one stands.
  public static LifecycleRegister merge(LifecycleRegister a, LifecycleRegister b) {
    if (a.hash.equals(b.hash)) return a;
    if (a.deleted() != b.deleted()) return a.deleted() ? a : b;
    if (!a.deleted()) return b.isLaterThan(a) ? b : a;
    if (a.waits() != b.waits()) return a.waits() ? b : a;
    var earlier = isEarlier(b, a) ? b : a;
    var all = new TreeSet<>(a.successors);
    all.addAll(b.successors);
    return of(earlier.id, earlier.stamp, State.DELETED, earlier.reason, all);
  }

  /// The hash covers the successors, which grow, so it cannot decide between equal stamps here.
  private static boolean isEarlier(LifecycleRegister a, LifecycleRegister b) {
    var byStamp = a.stamp.compareTo(b.stamp);
    return byStamp != 0 ? byStamp < 0 : a.reason.compareTo(b.reason) < 0;
  }

  /// Whether it is a delete that takes effect only where a successor is known.
  public boolean waits() {
    return deleted() && !successors.isEmpty();
  }

  /// This delete without anything to wait for.
  public LifecycleRegister withoutWaiting() {
    return of(id, stamp, state, reason, List.of());
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
    return hash(id, stamp, state, reason, successors);
  }

  private static Hash hash(
      String id, Stamp stamp, State state, String reason, List<String> successors) {
    var parts = new ArrayList<>(List.of("lifecycle", id, stamp.text(), state.name()));
    parts.add(Integer.toString(successors.size()));
    parts.addAll(successors);
    parts.add(reason);
    return Hash.of(parts.toArray(String[]::new));
  }
}
