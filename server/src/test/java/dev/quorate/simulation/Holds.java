package dev.quorate.simulation;

import dev.quorate.governance.Action;
import dev.quorate.merge.AliasFact;
import dev.quorate.merge.ContentRegister;
import dev.quorate.merge.EmbeddingRegister;
import dev.quorate.merge.Lane;
import dev.quorate.merge.LifecycleRegister;
import dev.quorate.merge.LinkRegister;
import dev.quorate.merge.LostContent;
import dev.quorate.merge.PendingAction;
import dev.quorate.merge.Register;
import dev.quorate.merge.StandardRegister;
import dev.quorate.merge.SubscriptionRegister;
import dev.quorate.merge.Vote;
import dev.quorate.store.Ledger;
import dev.quorate.time.HybridClock;

/// Whether a store holds what a register says, worked out from the rules of merging alone.
final class Holds {
  private Holds() {}

  /// Whether the store holds the register, or something that supersedes it; a content that lost
  /// must be kept as lost, or a version that was made in knowledge of it.
  static boolean holds(SimStore store, Register register) {
    var tables = store.tables();
    var there = tables.register(register.lane(), register.key());
    if (there.isPresent() && there.get().hash().equals(register.hash())) return true;
    return switch (register) {
      case ContentRegister content ->
          erased(store, content.id())
              || tables.register(Lane.LOST, new LostContent(content).key()).isPresent()
              || tables.versions(content.id()).stream()
                  .anyMatch(version -> version.seen().covers(content.stamp()));
      case LostContent lost -> erased(store, lost.content().id());
      case EmbeddingRegister embedding ->
          erased(store, embedding.id())
              || (there.isPresent() && !embedding.isLaterThan(there.get()));
      case LifecycleRegister lifecycle ->
          there.isPresent()
              && LifecycleRegister.merge((LifecycleRegister) there.get(), lifecycle)
                  .hash()
                  .equals(there.get().hash());
      case AliasFact alias ->
          there.isPresent()
              && AliasFact.merge((AliasFact) there.get(), alias).hash().equals(there.get().hash());
      case SubscriptionRegister subscription ->
          there.isPresent()
              && SubscriptionRegister.merge((SubscriptionRegister) there.get(), subscription)
                  .hash()
                  .equals(there.get().hash());
      case LinkRegister _, StandardRegister _ ->
          there.isPresent() && !register.isLaterThan(there.get());
      case PendingAction pending ->
          (there.isPresent() && !there.get().isLaterThan(pending)) || asksForErased(store, pending);
      case Vote _ -> false;
    };
  }

  static boolean erased(SimStore store, String id) {
    return new Ledger(store.tables(), new HybridClock("nobody", 0), 0).erased(id);
  }

  private static boolean asksForErased(SimStore store, PendingAction pending) {
    return Action.read(pending.payload())
        .filter(action -> action.what() instanceof Action.Store)
        .filter(action -> erased(store, action.what().memoryId()))
        .isPresent();
  }
}
