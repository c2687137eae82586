package dev.quorate.replication;

import dev.quorate.quorum.Miss;
import java.util.List;

/// What became of one message to a peer.
public sealed interface Outcome {
  /// The peer has on disk what it did not skip.
  record Held(List<Skip> skipped) implements Outcome {
    public Held {
      skipped = List.copyOf(skipped);
    }
  }

  /// The peer acknowledged other ids than those that were sent.
  record IdDrift() implements Outcome {}

  /// The peer refused the message as a whole.
  ///
  /// @param status HTTP status, 400 to 499
  /// @param tag what its answer says
  record Refused(int status, String tag) implements Outcome {}

  /// The peer does not speak the version of the protocol that the message is in, and so no part of
  /// it: the version of the peer has changed since it was greeted.
  ///
  /// @param tag what its answer says
  record OtherVersion(String tag) implements Outcome {}

  /// The peer took the message for one that it has seen already, by its nonce.
  record Replayed() implements Outcome {}

  /// The peer takes no more for now.
  ///
  /// @param untilMillis when it takes again, as far as it said so
  record Throttled(long untilMillis) implements Outcome {}

  /// The peer could not be reached, or the connection broke.
  record Unreachable(String why) implements Outcome {}

  /// The peer did not answer in the time of a request.
  record TimedOut() implements Outcome {}

  /// The peer had a fault of its own, or its answer makes no sense.
  ///
  /// @param status HTTP status
  record Failed(int status, String what) implements Outcome {}

  /// One item that the peer does not take.
  ///
  /// @param position within the batch's parcels
  record Skip(int position, String reason) {}

  /// What a writer is told who waited for this.
  default Miss miss() {
    return switch (this) {
      case Held _, Refused _, OtherVersion _, Replayed _, Throttled _, Failed _ -> Miss.REFUSED;
      case IdDrift _ -> Miss.ID_DRIFT;
      case Unreachable _ -> Miss.UNREACHABLE;
      case TimedOut _ -> Miss.TIMEOUT;
    };
  }

  /// Whether the same message may succeed a moment later, signed anew with a fresh nonce.
  default boolean retryable() {
    return switch (this) {
      case Replayed _, Unreachable _, TimedOut _ -> true;
      case Failed failed -> failed.status() >= 500;
      case Held _, IdDrift _, Refused _, OtherVersion _, Throttled _ -> false;
    };
  }

  /// Whether what the peer said of itself may no longer hold: somebody else may answer at its
  /// address next, or the same with another store or another version.
  default boolean unsettling() {
    return switch (this) {
      case OtherVersion _, Unreachable _, TimedOut _ -> true;
      case Failed failed -> failed.status() >= 500;
      case Held _, IdDrift _, Refused _, Replayed _, Throttled _ -> false;
    };
  }

  /// For people.
  default String text() {
    return switch (this) {
      case Held held -> held.skipped().isEmpty() ? "held" : held.skipped().size() + " skipped";
      case IdDrift _ -> "acknowledged other ids";
      case Refused refused -> "refused with %d %s".formatted(refused.status(), refused.tag());
      case OtherVersion other -> "speaks another version: " + other.tag();
      case Replayed _ -> "took a message for one it had seen";
      case Throttled _ -> "takes no more for now";
      case Unreachable unreachable -> "unreachable: " + unreachable.why();
      case TimedOut _ -> "did not answer in time";
      case Failed failed -> "failed with %d %s".formatted(failed.status(), failed.what());
    };
  }
}
