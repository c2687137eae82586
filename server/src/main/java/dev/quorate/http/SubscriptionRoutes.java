package dev.quorate.http;

import dev.quorate.failure.RequestFailure.Invalid;
import dev.quorate.failure.RequestFailure.NotFound;
import dev.quorate.http.transport.Request;
import dev.quorate.http.transport.Response;
import dev.quorate.json.Fields;
import dev.quorate.json.Fields.Strictness;
import dev.quorate.json.Json;
import dev.quorate.memories.Subscribing;
import dev.quorate.memories.Subscribing.Subscribed;
import dev.quorate.memories.Subscribing.Wish;
import dev.quorate.memory.NamespacePattern;
import dev.quorate.memory.Rules;
import dev.quorate.store.Notice;
import dev.quorate.store.Notices;
import dev.quorate.store.Store;
import dev.quorate.subscriptions.AddressRule;
import dev.quorate.subscriptions.EventType;
import dev.quorate.subscriptions.SigningKey;
import dev.quorate.subscriptions.WebhookUrl;
import dev.quorate.time.Timestamps;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// Answers for webhook subscriptions: create, list, delete. No answer has a secret or what is made
/// of one.
final class SubscriptionRoutes {
  /// Where events of a subscription go that names a namespace and no address.
  private static final String THIS_MACHINE = "http://127.0.0.1/";

  private static final int DEAD_LIMIT = 100;
  private static final int DEAD_LIMIT_MAX = 1_000;

  private final Store store;
  private final Subscribing subscribing;
  private final Mutations mutations;
  private final AddressRule rule;
  private final boolean ownSecret;

  /// @param ownSecret whether this node has a secret that signs where a subscriber gave none
  SubscriptionRoutes(
      Store store,
      Subscribing subscribing,
      Mutations mutations,
      AddressRule rule,
      boolean ownSecret) {
    this.store = store;
    this.subscribing = subscribing;
    this.mutations = mutations;
    this.rule = rule;
    this.ownSecret = ownSecret;
  }

  Response create(Request request) {
    var body = Fields.of(request.json(), Strictness.FRAMEWORK);
    var agentId = agentId(request, body.optionalText("agent_id"));
    var namespace = body.optionalText("namespace");
    if (namespace != null) Rules.namespace(namespace);
    var namespaceFilter = body.optionalText("namespace_filter");
    if (namespaceFilter == null) namespaceFilter = namespace;
    if (namespaceFilter != null) namespaceFilter = new NamespacePattern(namespaceFilter).text();
    var agentFilter = body.optionalText("agent_filter");
    if (agentFilter != null) Rules.agentId(agentFilter);
    var events = EventType.list(body.text("events", EventType.ALL));
    var url = body.optionalText("url");
    if (url == null && namespace == null) throw new Invalid("url or namespace is required");
    var key = key(body.optionalText("secret"));
    var wish =
        new Wish(
            WebhookUrl.check(url == null ? THIS_MACHINE : url, rule),
            events,
            namespace,
            namespaceFilter,
            agentFilter,
            agentId,
            agentId == null ? Requester.anonymous() : agentId,
            agentId != null,
            key);
    return mutations.run(
        request,
        transaction -> {
          var subscribed = subscribing.subscribe(transaction, wish);
          return Outcome.of(201, Json.text(row(subscribed)), subscribed.id());
        });
  }

  private @Nullable SigningKey key(@Nullable String secret) {
    if (secret != null) {
      if (secret.chars().anyMatch(c -> Character.isISOControl(c) && c != '\n' && c != '\t')) {
        // Not quoted, and not even in part: it is a secret.
        throw new Invalid("secret cannot contain control characters");
      }
      return SigningKey.ofSecret(secret);
    }
    if (ownSecret) return null;
    throw new Invalid("secret is required: this node has none of its own (approval.hmac-secret)");
  }

  /// Named in the body, in the query, in the header; absent for nobody in particular.
  private static @Nullable String agentId(Request request, @Nullable String inBody) {
    if (inBody != null) return Rules.agentId(inBody);
    var inQuery = Parameters.of(request).agentId("agent_id");
    if (inQuery != null) return inQuery;
    return request.header(Requester.HEADER).map(Rules::agentId).orElse(null);
  }

  Response list(Request request) {
    var agentId = Parameters.of(request).agentId("agent_id");
    var counts = store.read(snapshot -> snapshot.notices().counts());
    var all = store.read(snapshot -> Subscribing.list(snapshot, agentId));
    var json = Json.object().put("count", all.size());
    var list = json.putArray("subscriptions");
    for (var subscribed : all) {
      var created = subscribed.subscription().createdAt();
      var count = counts.getOrDefault(subscribed.id(), Notices.Counts.NONE);
      list.add(
          row(subscribed)
              .put("created_at", Timestamps.render(created))
              .put("dispatch_count", count.sent())
              .put("failure_count", count.failed())
              .put("waiting_count", count.waiting()));
    }
    return Bodies.json(200, json);
  }

  /// Events of this node that were given up, newest first.
  Response deadLetters(Request request) {
    var parameters = Parameters.of(request);
    var id = parameters.text("subscription_id");
    if (id != null) Rules.id(id);
    var beforeText = parameters.text("before");
    var before = beforeText == null ? Long.MAX_VALUE : Parameters.whole("before", beforeText);
    var limit = parameters.whole("limit", DEAD_LIMIT, 1, DEAD_LIMIT_MAX);
    var dead = store.read(snapshot -> snapshot.notices().dead(id, before, limit));
    var json = Json.object().put("count", dead.size());
    var list = json.putArray("dead_letters");
    dead.forEach(notice -> list.add(row(notice)));
    return Bodies.json(200, json);
  }

  private static ObjectNode row(Notice notice) {
    var row = Json.object().put("number", notice.number());
    row.put("subscription_id", notice.subscriptionId());
    row.put("correlation_id", notice.correlationId()).put("event", notice.event());
    row.put("reason", notice.reason()).put("attempts", notice.tried());
    if (notice.status() == 0) row.putNull("last_status");
    else row.put("last_status", notice.status());
    row.put("created_at", Timestamps.render(Instant.ofEpochMilli(notice.madeMillis())));
    row.put("given_up_at", Timestamps.render(Instant.ofEpochMilli(notice.givenUpMillis())));
    row.set("payload", Json.parse(notice.body()));
    return row;
  }

  /// Has given-up events of a subscription sent again: all that this node has, or one.
  Response redrive(Request request) {
    var id = Rules.id(request.pathParameter("id"));
    var numberText = Parameters.of(request).text("number");
    var number = numberText == null ? null : Parameters.whole("number", numberText);
    return mutations.run(
        request,
        transaction -> {
          if (Subscribing.list(transaction, null).stream().noneMatch(it -> it.id().equals(id))) {
            throw new NotFound("not found");
          }
          var redriven = transaction.notices().redrive(id, number);
          return Outcome.of(200, Json.text(Json.object().put("id", id).put("redriven", redriven)));
        });
  }

  Response delete(Request request) {
    var parameters = Parameters.of(request);
    var id = parameters.text("id");
    var agentId = parameters.agentId("agent_id");
    var namespace = parameters.namespace("namespace");
    if (id != null) {
      Rules.id(id);
      return mutations.run(
          request, transaction -> removed(id, subscribing.unsubscribe(transaction, id)));
    }
    if (agentId == null || namespace == null) {
      throw new Invalid("id is required, or agent_id and namespace");
    }
    return mutations.run(
        request,
        transaction -> {
          var ids = subscribing.unsubscribe(transaction, agentId, namespace);
          return removed(ids.isEmpty() ? null : ids.getFirst(), !ids.isEmpty());
        });
  }

  private static Outcome removed(@Nullable String id, boolean removed) {
    return Outcome.of(200, Json.text(Json.object().put("id", id).put("removed", removed)));
  }

  private static ObjectNode row(Subscribed subscribed) {
    var subscription = subscribed.subscription();
    var row = Json.object().put("id", subscribed.id()).put("url", subscription.url());
    row.put("events", subscription.events());
    row.put("namespace_filter", subscription.namespaceFilter());
    row.put("agent_filter", subscription.agentFilter());
    row.put("created_by", subscription.createdBy());
    row.put("namespace", subscription.namespace());
    return row.put("agent_id", subscription.agentId());
  }
}
