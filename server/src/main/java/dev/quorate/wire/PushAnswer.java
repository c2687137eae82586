package dev.quorate.wire;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The answer to a push that was taken (wire.md 2.2).
///
/// @param receiver id of the receiving node, empty where an answer does not say
/// @param receiverClock per sender the latest `updated_at` that the receiver has of it
/// @param ids what an answer lists as stored; absent from every receiver known
/// @param report what became of the items, absent from an ai-memory node
public record PushAnswer(
    Counters counters,
    boolean dryRun,
    String receiver,
    Map<String, String> receiverClock,
    @Nullable List<String> ids,
    @Nullable Report report) {

  public PushAnswer {
    receiverClock = Map.copyOf(receiverClock);
    ids = ids == null ? null : List.copyOf(ids);
  }

  /// How many items of a push came to what.
  ///
  /// @param applied memories that changed something, and memories only
  /// @param noop items that changed nothing here, of all lists
  /// @param skipped items that were not taken
  /// @param quotaRefused memories that a quota refused
  /// @param unsupported items of lists that the receiver counts and drops
  public record Counters(
      int applied,
      int deleted,
      int archived,
      int restored,
      int linksApplied,
      int pendingsApplied,
      int pendingDecisionsApplied,
      int namespaceMetaApplied,
      int namespaceMetaCleared,
      int noop,
      int skipped,
      int quotaRefused,
      int unsupported) {}

  /// The `quorate` object of an answer: who the receiver is, and the items that were neither
  /// applied nor without effect.
  ///
  /// @param epoch of the receiver's store
  /// @param parked kept until the rest of their operation arrives
  /// @param skipped not taken
  public record Report(
      int version,
      List<Integer> speaks,
      String node,
      String epoch,
      List<Place> parked,
      List<Skip> skipped) {

    public Report {
      speaks = List.copyOf(speaks);
      parked = List.copyOf(parked);
      skipped = List.copyOf(skipped);
    }
  }

  public byte[] write() {
    return AnswerText.write(this);
  }

  /// Reads the body of a 2xx answer; empty for one that is no such answer, and then says nothing
  /// about what the receiver holds.
  public static Optional<PushAnswer> read(byte[] body) {
    return AnswerReader.read(body);
  }
}
