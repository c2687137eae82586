package dev.quorate.wire;

import dev.quorate.merge.AliasFact;
import dev.quorate.merge.ContentRegister;
import dev.quorate.merge.EmbeddingRegister;
import dev.quorate.merge.LifecycleRegister;
import dev.quorate.merge.LinkRegister;
import dev.quorate.merge.LostContent;
import dev.quorate.merge.PendingAction;
import dev.quorate.merge.StandardRegister;
import dev.quorate.merge.SubscriptionRegister;
import dev.quorate.merge.Vote;
import dev.quorate.time.Stamp;
import org.jspecify.annotations.Nullable;

/// Writes the facts of an item: what its element lacks to be the register again. An item of a list
/// of our own has no element, and its facts are the whole register.
final class FactsText {
  private FactsText() {}

  /// The facts as one JSON object.
  ///
  /// @param list the one in which the item travels
  static String of(Item item, WireList list, String sender, String senderEpoch) {
    var register = item.register();
    var out = new ObjectText().number("sequence", item.sequence());
    var stampIsInMemory = list == WireList.MEMORIES || list == WireList.LOST;
    if (!stampIsInMemory) out.text("stamp", register.stamp().timestamp());
    out.text("stamp_origin", unlessSender(register.stamp(), sender))
        .text("hash", register.hash().toString())
        .text("together", item.together());
    origin(item, sender, senderEpoch, out);
    switch (register) {
      case ContentRegister content -> seen(content, out);
      case LostContent lost -> {
        out.json("memory", Elements.memory(lost.content()));
        seen(lost.content(), out);
      }
      case LifecycleRegister lifecycle -> lifecycle(lifecycle, out);
      case LinkRegister link -> {
        if (!link.present()) {
          out.text("source_id", link.sourceId())
              .text("target_id", link.targetId())
              .text("relation", link.relation());
        }
      }
      case PendingAction action -> {
        if (list == WireList.ACTIONS) out.text("id", action.id());
        out.number("approvals_needed", action.approvalsNeeded())
            .number("expires_ms", action.expiresMillis())
            .text("action", action.payload());
      }
      case StandardRegister standard -> {
        if (standard.standardId() == null) out.text("parent_namespace", standard.parent());
      }
      case EmbeddingRegister embedding ->
          out.text("content_stamp", embedding.contentStamp().timestamp())
              .text("content_origin", unlessSender(embedding.contentStamp(), sender))
              .text("vector", embedding.vector());
      case AliasFact alias ->
          out.text("first", alias.first())
              .text("first_created", alias.firstCreated())
              .text("second", alias.second())
              .text("second_created", alias.secondCreated());
      case SubscriptionRegister subscription -> {
        out.text("id", subscription.id());
        if (subscription.present()) out.text("subscription", subscription.body());
      }
      case Vote _ -> {}
    }
    return out.end();
  }

  private static void origin(Item item, String sender, String senderEpoch, ObjectText out) {
    var own =
        item.origin().equals(sender)
            && item.originEpoch().equals(senderEpoch)
            && item.originSequence() == item.sequence();
    if (own) return;
    out.text("origin", item.origin())
        .text("origin_epoch", item.originEpoch())
        .number("origin_sequence", item.originSequence());
  }

  private static void lifecycle(LifecycleRegister lifecycle, ObjectText out) {
    if (!lifecycle.reason().isEmpty()) out.text("reason", lifecycle.reason());
    if (lifecycle.waits()) out.texts("successors", lifecycle.successors());
  }

  private static void seen(ContentRegister content, ObjectText out) {
    var seen = content.seen().text();
    if (!seen.isEmpty()) out.text("seen", seen);
  }

  private static @Nullable String unlessSender(Stamp stamp, String sender) {
    return stamp.origin().equals(sender) ? null : stamp.origin();
  }
}
