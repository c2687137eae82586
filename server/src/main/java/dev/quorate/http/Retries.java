package dev.quorate.http;

import dev.quorate.failure.RequestFailure.Conflict;
import dev.quorate.federation.Federation;
import dev.quorate.http.transport.Response;
import dev.quorate.memories.Draft;
import dev.quorate.memory.Memory;
import dev.quorate.merge.Lane;
import dev.quorate.merge.LifecycleRegister.State;
import dev.quorate.quorum.Verdict;
import dev.quorate.store.Snapshot;
import dev.quorate.store.Store;
import dev.quorate.store.StoredMemory;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;

/// Recognises a request that asks again for what this node did but too few nodes held: it is
/// answered as the first one, once they do, instead of being told that there is nothing to do.
/// Thread-safe.
final class Retries {
  private final Store store;
  private final Federation federation;
  private final Receipts receipts;

  Retries(Store store, Federation federation, Receipts receipts) {
    this.store = store;
    this.federation = federation;
    this.receipts = receipts;
  }

  /// A store that found its title taken by what the same agent stored with the same content.
  Optional<Response> stored(Conflict conflict, Draft draft, Supplier<Outcome> outcome) {
    if (!(conflict.details().get("existing_id") instanceof String id)) return Optional.empty();
    Predicate<Snapshot> same =
        snapshot ->
            snapshot
                .memory(id)
                .map(StoredMemory::memory)
                .filter(memory -> memory.content().equals(draft.content()))
                .filter(memory -> memory.metadata().equals(draft.metadata()))
                .isPresent();
    return again(Lane.CONTENT, id, same, outcome);
  }

  /// A delete, archive or restore that found the memory in that state already.
  Optional<Response> turned(String id, State state, Supplier<Outcome> outcome) {
    return again(Lane.LIFECYCLE, id, snapshot -> isTurned(snapshot, id, state), outcome);
  }

  /// A decision on a pending action that found it decided already, by the same.
  ///
  /// @param outcome what that decision came to, empty where another one was the one that counted
  Optional<Response> decided(String pendingId, Optional<Outcome> outcome) {
    if (outcome.isEmpty()) return Optional.empty();
    return store
        .read(snapshot ->
            snapshot.votes(pendingId).stream()
                .flatMap(vote -> snapshot.changes().ownSequence(Lane.VOTE, vote.key()).stream())
                .max(Long::compare))
        .filter(this::isUnderWay)
        .map(sequence -> receipts.upTo(outcome.get(), sequence));
  }

  /// A consolidation that found its sources gone, into what the same agent asked for.
  ///
  /// @param same whether a memory is what was asked for
  Optional<Response> consolidated(
      String source, Predicate<Memory> same, Function<Memory, Outcome> outcome) {
    return store
        .read(snapshot ->
            snapshot
                .lifecycle(source)
                .flatMap(lifecycle -> lifecycle.successors().stream().findFirst())
                .flatMap(snapshot::memory))
        .map(StoredMemory::memory)
        .filter(same)
        .flatMap(memory ->
            again(
                Lane.CONTENT,
                memory.id(),
                snapshot -> snapshot.memory(memory.id()).isPresent(),
                () -> outcome.apply(memory)));
  }

  /// Whether this node brought the memory into the state, and too few nodes know.
  boolean isTurning(String id, State state) {
    return store.read(snapshot -> isTurned(snapshot, id, state)) && isUnderWay(Lane.LIFECYCLE, id);
  }

  private static boolean isTurned(Snapshot snapshot, String id, State state) {
    return snapshot.lifecycle(id).filter(lifecycle -> lifecycle.state() == state).isPresent();
  }

  /// Answers for the memory as it was found. Another node may have made it so since this one did:
  /// then it is handed on from here, too, and the receipt names who holds just that.
  private Optional<Response> again(
      Lane lane, String id, Predicate<Snapshot> asAsked, Supplier<Outcome> outcome) {
    if (!store.read(asAsked::test) || !isUnderWay(lane, id)) return Optional.empty();
    var committed =
        store.write(transaction -> {
          if (!asAsked.test(transaction)) return false;
          transaction.found(id);
          return true;
        });
    return committed.value()
        ? Optional.of(receipts.of(outcome.get(), committed))
        : Optional.empty();
  }

  /// Whether this node changed the register, and too few nodes hold what it made.
  private boolean isUnderWay(Lane lane, String id) {
    return store
        .read(snapshot -> snapshot.changes().ownSequence(lane, id))
        .filter(this::isUnderWay)
        .isPresent();
  }

  private boolean isUnderWay(long sequence) {
    return federation.verdict(sequence) instanceof Verdict.NotMet;
  }
}
