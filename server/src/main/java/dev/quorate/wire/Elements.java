package dev.quorate.wire;

import dev.quorate.memory.Link;
import dev.quorate.memory.LinkBody;
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
import dev.quorate.time.Timestamps;
import java.time.Instant;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/// Registers as elements of ai-memory's lists (wire.md 2.4), keys sorted.
final class Elements {
  private static final String VERSION = ",\"version\":";

  private Elements() {}

  /// The element, or null for a register that ai-memory has no list for. The vector of an embedding
  /// is left empty.
  static @Nullable String of(Register register) {
    return switch (register) {
      case ContentRegister content -> memory(content);
      case LifecycleRegister lifecycle -> ObjectText.quote(lifecycle.id());
      case LinkRegister link -> link.present() ? link(LinkBody.read(link.body())) : null;
      case PendingAction action -> PendingElement.of(action).orElse(null);
      case Vote vote -> decision(vote);
      case StandardRegister standard -> standard(standard);
      case EmbeddingRegister embedding -> embedding(embedding, "[]");
      case AliasFact _ -> null;
      case LostContent _ -> null;
      case SubscriptionRegister _ -> null;
    };
  }

  /// A memory's canonical body with the two members that it leaves out. It is not parsed: the body
  /// begins with `citations` and ends with `version`, and the two belong before each.
  static String memory(ContentRegister content) {
    var body = content.body();
    var version = body.lastIndexOf(VERSION);
    if (version < 0) {
      throw new IllegalArgumentException("not the body of a memory: " + content.id());
    }
    return new StringBuilder(body.length() + 80)
        .append("{\"access_count\":0,")
        .append(body, 1, version)
        .append(",\"updated_at\":\"")
        .append(content.stamp().timestamp())
        .append('"')
        .append(body, version, body.length())
        .toString();
  }

  /// The embedding with its vector as numbers.
  static String numbered(EmbeddingRegister embedding) {
    return embedding(embedding, Vectors.numbers(embedding.vector()));
  }

  private static String embedding(EmbeddingRegister embedding, String vector) {
    return new ObjectText()
        .number("dim", embedding.dimension())
        .text("memory_id", embedding.id())
        .text("model", embedding.model())
        .json("vector", vector)
        .end();
  }

  private static String link(Link link) {
    var signature = link.signature();
    return new ObjectText()
        .text("created_at", Timestamps.render(link.createdAt()))
        .text("observed_by", link.observedBy())
        .text("relation", link.relation().text())
        .json("signature", signature == null ? null : integers(signature))
        .text("source_id", link.sourceId())
        .text("target_id", link.targetId())
        .text("valid_from", time(link.validFrom()))
        .text("valid_until", time(link.validUntil()))
        .end();
  }

  private static String decision(Vote vote) {
    return new ObjectText()
        .flag("approved", vote.approve())
        .text("decider", vote.voter())
        .text("id", vote.pendingId())
        .end();
  }

  private static String standard(StandardRegister standard) {
    var id = standard.standardId();
    if (id == null) return ObjectText.quote(standard.namespace());
    return new ObjectText()
        .text("namespace", standard.namespace())
        .text("parent_namespace", standard.parent())
        .text("standard_id", id)
        .text("updated_at", standard.stamp().timestamp())
        .end();
  }

  private static String integers(String hex) {
    var numbers = new StringBuilder("[");
    for (var b : HexFormat.of().parseHex(hex)) {
      if (numbers.length() > 1) numbers.append(',');
      numbers.append(b & 0xff);
    }
    return numbers.append(']').toString();
  }

  private static @Nullable String time(@Nullable Instant instant) {
    return instant == null ? null : Timestamps.render(instant);
  }
}
