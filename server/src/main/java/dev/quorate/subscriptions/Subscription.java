package dev.quorate.subscriptions;

import dev.quorate.failure.RequestFailure.Invalid;
import dev.quorate.json.Fields;
import dev.quorate.json.Fields.Strictness;
import dev.quorate.json.Json;
import dev.quorate.memory.NamespacePattern;
import dev.quorate.memory.Rules;
import dev.quorate.time.Timestamps;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// What a subscriber asked for, as every node holds it.
///
/// @param url where events go
/// @param events names of events with commas between, or `*`
/// @param namespace what the subscriber calls it by, beside `agentId`; says nothing of what it gets
/// @param namespaceFilter only events of these namespaces, absent for all
/// @param agentFilter only events of what this agent did, absent for all
/// @param agentId whose it is, absent for nobody's in particular
/// @param key absent where events are signed with the secret of the node that sends them
public record Subscription(
    String url,
    String events,
    @Nullable String namespace,
    @Nullable String namespaceFilter,
    @Nullable String agentFilter,
    @Nullable String agentId,
    String createdBy,
    Instant createdAt,
    @Nullable SigningKey key) {

  private static final Pattern EVENTS = Pattern.compile("\\*|[a-z_]{1,64}(,[a-z_]{1,64}){0,31}");
  private static final Pattern KEY = Pattern.compile("[0-9a-f]{64}");

  /// Its canonical bytes.
  public String body() {
    var body = Json.object();
    put(body, "agent_filter", agentFilter);
    put(body, "agent_id", agentId);
    body.put("created_at", Timestamps.render(createdAt)).put("created_by", createdBy);
    body.put("events", events);
    put(body, "key", key == null ? null : key.hex());
    put(body, "namespace", namespace);
    put(body, "namespace_filter", namespaceFilter);
    return Json.canonical(body.put("url", url));
  }

  /// Reads what [#body] wrote, here or on another node. An event that only a newer node knows
  /// stays.
  ///
  /// @throws dev.quorate.failure.RequestFailure when it is malformed or breaks a rule
  public static Subscription read(String body) {
    var fields = Fields.of(Json.parse(body), Strictness.TIDY);
    var key = fields.optionalText("key");
    if (key != null && !KEY.matcher(key).matches()) {
      throw new Invalid("the key of a subscription must be 64 lower-case hex digits");
    }
    var namespace = fields.optionalText("namespace");
    var filter = fields.optionalText("namespace_filter");
    var agentFilter = fields.optionalText("agent_filter");
    var agentId = fields.optionalText("agent_id");
    return new Subscription(
        WebhookUrl.shape(fields.text("url")).toString(),
        events(fields.text("events")),
        namespace == null ? null : Rules.namespace(namespace),
        filter == null ? null : new NamespacePattern(filter).text(),
        agentFilter == null ? null : Rules.agentId(agentFilter),
        agentId == null ? null : Rules.agentId(agentId),
        Rules.agentId(fields.text("created_by")),
        fields.time("created_at"),
        key == null ? null : new SigningKey(key));
  }

  /// Whether the subscriber asked for this event. What happens in the server's own namespaces is
  /// told only to one that names such a namespace.
  public boolean wants(Event event) {
    var named =
        events.equals(EventType.ALL) || List.of(events.split(",")).contains(event.type().text());
    if (!named || (agentFilter != null && !agentFilter.equals(event.agentId()))) return false;
    if (event.internal() && (namespaceFilter == null || !namespaceFilter.startsWith("_"))) {
      return false;
    }
    return namespaceFilter == null
        || new NamespacePattern(namespaceFilter).matches(event.namespace());
  }

  private static String events(String events) {
    if (!EVENTS.matcher(events).matches()) {
      throw new Invalid("events must be names with commas between: " + Rules.quote(events));
    }
    return events;
  }

  private static void put(ObjectNode body, String name, @Nullable String value) {
    if (value != null) body.put(name, value);
  }
}
