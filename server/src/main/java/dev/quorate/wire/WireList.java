package dev.quorate.wire;

import dev.quorate.merge.AliasFact;
import dev.quorate.merge.ContentRegister;
import dev.quorate.merge.EmbeddingRegister;
import dev.quorate.merge.LifecycleRegister;
import dev.quorate.merge.LinkRegister;
import dev.quorate.merge.LostContent;
import dev.quorate.merge.PendingAction;
import dev.quorate.merge.Register;
import dev.quorate.merge.StandardRegister;
import dev.quorate.merge.SubscriptionRegister;
import dev.quorate.merge.Vote;

/// The lists of a body, in the order in which their items are applied (wire.md 4). The plain ones
/// stand in the body itself, the others in its `quorate` object.
enum WireList {
  MEMORIES("memories", true),
  LOST("lost", false),
  ALIASES("aliases", false),
  DELETIONS("deletions", true),
  ARCHIVES("archives", true),
  RESTORES("restores", true),
  LINKS("links", true),
  UNLINKS("unlinks", false),
  PENDINGS("pendings", true),
  /// Pending actions that ai-memory's shape cannot express.
  ACTIONS("actions", false),
  PENDING_DECISIONS("pending_decisions", true),
  NAMESPACE_META("namespace_meta", true),
  NAMESPACE_META_CLEARS("namespace_meta_clears", true),
  EMBEDDINGS("embeddings", true),
  SUBSCRIPTIONS("subscriptions", false);

  private final String text;
  private final boolean plain;

  WireList(String text, boolean plain) {
    this.text = text;
    this.plain = plain;
  }

  String text() {
    return text;
  }

  boolean plain() {
    return plain;
  }

  /// The list in which a register travels.
  static WireList of(Register register) {
    return switch (register) {
      case ContentRegister _ -> MEMORIES;
      case LostContent _ -> LOST;
      case AliasFact _ -> ALIASES;
      case LifecycleRegister lifecycle ->
          switch (lifecycle.state()) {
            case DELETED -> DELETIONS;
            case ARCHIVED -> ARCHIVES;
            case LIVE -> RESTORES;
          };
      case LinkRegister link -> link.present() ? LINKS : UNLINKS;
      case PendingAction action -> PendingElement.of(action).isPresent() ? PENDINGS : ACTIONS;
      case Vote _ -> PENDING_DECISIONS;
      case StandardRegister standard ->
          standard.standardId() == null ? NAMESPACE_META_CLEARS : NAMESPACE_META;
      case EmbeddingRegister _ -> EMBEDDINGS;
      case SubscriptionRegister _ -> SUBSCRIPTIONS;
    };
  }
}
