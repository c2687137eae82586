package dev.quorate.http;

import dev.quorate.failure.RequestFailure.Invalid;
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
import dev.quorate.store.Store;
import dev.quorate.subscriptions.AddressRule;
import dev.quorate.subscriptions.EventType;
import dev.quorate.subscriptions.SigningKey;
import dev.quorate.subscriptions.WebhookUrl;
import dev.quorate.time.Timestamps;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// Answers for webhook subscriptions: create, list, delete. No answer has a secret or what is made
/// of one.
final class SubscriptionRoutes {
  /// Where events of a subscription go that names a namespace and no address.
  private static final String THIS_MACHINE = "http://127.0.0.1/";

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
    if (secret != null) return SigningKey.ofSecret(secret);
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
    var all = store.read(snapshot -> Subscribing.list(snapshot, agentId));
    var json = Json.object().put("count", all.size());
    var list = json.putArray("subscriptions");
    for (var subscribed : all) {
      var created = subscribed.subscription().createdAt();
      list.add(row(subscribed).put("created_at", Timestamps.render(created)));
    }
    return Bodies.json(200, json);
  }

  Response delete(Request request) {
    var parameters = Parameters.of(request);
    var id = parameters.text("id");
    if (id != null) {
      Rules.id(id);
      return mutations.run(
          request, transaction -> removed(id, subscribing.unsubscribe(transaction, id)));
    }
    var agentId = parameters.agentId("agent_id");
    var namespace = parameters.namespace("namespace");
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
    if (subscription.namespace() != null) row.put("namespace", subscription.namespace());
    if (subscription.agentId() != null) row.put("agent_id", subscription.agentId());
    return row;
  }
}
