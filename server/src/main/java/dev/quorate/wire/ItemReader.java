package dev.quorate.wire;

import dev.quorate.failure.RequestFailure.Invalid;
import dev.quorate.json.Fields;
import dev.quorate.json.Json;
import dev.quorate.memory.Body;
import dev.quorate.memory.LinkBody;
import dev.quorate.memory.Relation;
import dev.quorate.memory.Rules;
import dev.quorate.merge.AliasFact;
import dev.quorate.merge.ContentRegister;
import dev.quorate.merge.EmbeddingRegister;
import dev.quorate.merge.LifecycleRegister;
import dev.quorate.merge.LifecycleRegister.State;
import dev.quorate.merge.LinkRegister;
import dev.quorate.merge.LostContent;
import dev.quorate.merge.PendingAction;
import dev.quorate.merge.Register;
import dev.quorate.merge.StandardRegister;
import dev.quorate.merge.SubscriptionRegister;
import dev.quorate.merge.Vote;
import dev.quorate.subscriptions.Subscription;
import dev.quorate.time.Timestamps;
import dev.quorate.wire.Plain.PlainMemory;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Puts an element and its facts together to the register that was sent. Its canonical bytes are
/// made anew, and their hash must be the one that the facts name.
final class ItemReader {
  private static final int SUBSCRIPTION_CHARACTERS_MAX = 8_192;
  private static final int PAYLOAD_CHARACTERS_MAX = 262_144;

  private ItemReader() {}

  /// The item. Throws [dev.quorate.failure.RequestFailure] for one that breaks a rule, is malformed
  /// or damaged.
  ///
  /// @param element its shape was found right; for a list of our own the same as `facts`
  static Arrival.Stamped read(
      WireList list,
      int index,
      JsonNode element,
      JsonNode facts,
      String sender,
      String senderEpoch) {
    var its = new Facts(facts, sender, senderEpoch);
    var sent = its.hash();
    var plain = plain(list, index, element);
    var register =
        switch (list) {
          case LOST -> lost(index, its);
          case ALIASES -> alias(its);
          case UNLINKS -> unlink(its);
          case ACTIONS -> action(Rules.newId(its.fields().text("id")), its);
          case SUBSCRIPTIONS -> subscription(its);
          case EMBEDDINGS -> embedding(PlainReader.fields(element), its);
          case PENDINGS -> action(Rules.newId(PlainReader.fields(element).text("id")), its);
          case MEMORIES,
              DELETIONS,
              ARCHIVES,
              RESTORES,
              LINKS,
              PENDING_DECISIONS,
              NAMESPACE_META,
              NAMESPACE_META_CLEARS ->
              register(Objects.requireNonNull(plain), its);
        };
    if (!register.hash().equals(sent)) {
      throw new Invalid("damaged: its canonical bytes do not have the hash that was sent");
    }
    var memory = plain instanceof PlainMemory content ? content.memory() : null;
    return new Arrival.Stamped(list.text(), index, its.item(register), memory);
  }

  /// The element as any node reads it; absent for those that are read from their facts alone.
  private static @Nullable Plain plain(WireList list, int index, JsonNode element) {
    return switch (list) {
      case LOST, ALIASES, UNLINKS, ACTIONS, EMBEDDINGS, PENDINGS, SUBSCRIPTIONS -> null;
      case MEMORIES,
          DELETIONS,
          ARCHIVES,
          RESTORES,
          LINKS,
          PENDING_DECISIONS,
          NAMESPACE_META,
          NAMESPACE_META_CLEARS ->
          PlainReader.read(list, index, element);
    };
  }

  private static Register register(Plain plain, Facts facts) {
    return switch (plain) {
      case PlainMemory memory -> content(memory, facts);
      case Plain.PlainDeletion(var _, var id) ->
          LifecycleRegister.of(id, facts.stamp(), State.DELETED, reason(facts), facts.successors());
      case Plain.PlainArchive(var _, var id) ->
          LifecycleRegister.of(id, facts.stamp(), State.ARCHIVED, reason(facts), List.of());
      case Plain.PlainRestore(var _, var id) ->
          LifecycleRegister.of(id, facts.stamp(), State.LIVE, reason(facts), List.of());
      case Plain.PlainLink(var _, var link) ->
          LinkRegister.of(
              link.sourceId(),
              link.targetId(),
              link.relation().text(),
              facts.stamp(),
              true,
              LinkBody.write(link));
      case Plain.PlainDecision(var _, var id, var approved, var decider) ->
          Vote.of(id, decider, approved, facts.stamp());
      case Plain.PlainStandard(var _, var namespace, var standardId, var parent) ->
          StandardRegister.of(namespace, facts.stamp(), standardId, parent);
      case Plain.PlainClear(var _, var namespace) ->
          StandardRegister.of(namespace, facts.stamp(), null, parent(facts));
      case Plain.PlainPending _, Plain.PlainEmbedding _ ->
          throw new IllegalArgumentException(plain.list() + " are read from their facts");
    };
  }

  private static ContentRegister content(PlainMemory plain, Facts facts) {
    var memory = plain.memory();
    return ContentRegister.of(
        memory.id(), facts.stampAt(plain.updatedAt()), facts.seen(), Body.write(memory));
  }

  private static LostContent lost(int index, Facts facts) {
    var memory = Incoming.object(facts.fields(), "memory");
    Shapes.memory(memory);
    return new LostContent(content(PlainReader.memory(index, memory), facts));
  }

  private static AliasFact alias(Facts facts) {
    var fields = facts.fields();
    var first = Rules.newId(fields.text("first"));
    var second = Rules.newId(fields.text("second"));
    if (first.compareTo(second) >= 0) throw new Invalid("an alias names two ids in order");
    return AliasFact.of(
        first,
        created(fields, "first_created"),
        second,
        created(fields, "second_created"),
        facts.stamp());
  }

  private static LinkRegister unlink(Facts facts) {
    var fields = facts.fields();
    var relation = fields.text("relation");
    if (Relation.of(relation).isEmpty()) {
      throw new Invalid("unknown relation: " + Rules.quote(relation));
    }
    return LinkRegister.of(
        Rules.newId(fields.text("source_id")),
        Rules.newId(fields.text("target_id")),
        relation,
        facts.stamp(),
        false,
        "");
  }

  private static PendingAction action(String id, Facts facts) {
    var fields = facts.fields();
    var payload = payload(fields.text("action"));
    var approvals = Incoming.within("approvals_needed", fields.whole("approvals_needed"), 1, 1_000);
    return PendingAction.of(
        id, facts.stamp(), payload, (int) approvals, fields.whole("expires_ms"));
  }

  /// Its body is taken as it was sent, for its very bytes are hashed, but only if it can be read.
  private static SubscriptionRegister subscription(Facts facts) {
    var fields = facts.fields();
    var id = Rules.newId(fields.text("id"));
    var body = fields.text("subscription", "");
    if (body.length() > SUBSCRIPTION_CHARACTERS_MAX) {
      throw new Invalid(
          "subscription can be at most %d characters: %d"
              .formatted(SUBSCRIPTION_CHARACTERS_MAX, body.length()));
    }
    if (!body.isEmpty()) {
      new Incoming("subscription").read(Json.utf8(body), _ -> Subscription.read(body));
    }
    return SubscriptionRegister.of(id, facts.stamp(), body);
  }

  /// The payload as it was sent, for its very bytes are hashed, but only if it can be read.
  private static String payload(String payload) {
    if (payload.length() > PAYLOAD_CHARACTERS_MAX) {
      throw new Invalid(
          "action can be at most %d characters: %d"
              .formatted(PAYLOAD_CHARACTERS_MAX, payload.length()));
    }
    new Incoming("action").read(Json.utf8(payload), _ -> payload);
    return payload;
  }

  private static EmbeddingRegister embedding(Fields element, Facts facts) {
    var dimension = Vectors.dimension(element.whole("dim"));
    return EmbeddingRegister.of(
        Rules.newId(element.text("memory_id")),
        facts.contentStamp(),
        facts.stamp(),
        Rules.model(element.text("model")),
        dimension,
        Vectors.check(facts.fields().text("vector"), dimension));
  }

  private static String reason(Facts facts) {
    var reason = facts.reason();
    return reason.isEmpty() ? reason : Rules.reason(reason);
  }

  private static @Nullable String parent(Facts facts) {
    var parent = facts.fields().optionalText("parent_namespace");
    return parent == null ? null : Rules.namespace(parent);
  }

  /// A creation time in the one form whose text order is time order.
  private static String created(Fields fields, String name) {
    return Timestamps.render(fields.time(name));
  }
}
