package dev.quorate.merge;

import dev.quorate.merge.LifecycleRegister.State;
import java.util.Collection;
import java.util.Optional;
import java.util.function.Predicate;

/// What one memory (all members of its alias group together) is to a reader: which content is shown
/// and in which state, derived from the registers alone.
///
/// @param shown the content that is the memory's, empty when none has arrived
/// @param lifecycle the join of the members' lifecycles, empty when none has one
/// @param deleted whether a delete is in effect
public record Standing(
    Optional<ContentRegister> shown, Optional<LifecycleRegister> lifecycle, boolean deleted) {

  /// What the registers of one memory come to together.
  ///
  /// @param known whether a memory id is known here: its content, or a delete of it in effect
  public static Standing of(
      Collection<ContentRegister> contents,
      Collection<LifecycleRegister> lifecycles,
      Predicate<String> known) {
    var deleted = false;
    Optional<LifecycleRegister> joined = Optional.empty();
    for (var lifecycle : lifecycles) {
      if (lifecycle.deleted()) {
        deleted |= !lifecycle.waits() || lifecycle.successors().stream().anyMatch(known);
      } else if (joined.isEmpty() || lifecycle.isLaterThan(joined.get())) {
        // A consolidated source whose successors are not here yet goes on as if it were not
        // deleted.
        joined = Optional.of(lifecycle);
      }
    }
    Optional<ContentRegister> newest = Optional.empty();
    for (var content : contents) {
      if (newest.isEmpty() || content.isLaterThan(newest.get())) newest = Optional.of(content);
    }
    return new Standing(newest, joined, deleted);
  }

  public boolean archived() {
    return lifecycle.map(register -> register.state() == State.ARCHIVED).orElse(false);
  }

  /// When the memory expires in effect: a restore outlives the expiry when it is not before it and
  /// later than the content that says so. An edit after the restore means what it says.
  public Optional<Long> expiresMillis(Optional<Long> contentExpiresMillis) {
    return contentExpiresMillis.filter(expiry -> !outlives(expiry));
  }

  private boolean outlives(long expiryMillis) {
    if (lifecycle.isEmpty() || shown.isEmpty()) return false;
    var turned = lifecycle.get().stamp();
    return turned.millis() >= expiryMillis && turned.compareTo(shown.get().stamp()) > 0;
  }
}
