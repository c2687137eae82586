package dev.quorate.subscriptions;

import dev.quorate.json.Json;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// Something that happened and that subscribers can be told of. It says what happened to which
/// memory, never what the memory says: who wants to read it asks a node, with a key of its own.
///
/// @param memoryId the memory, or the source of a link, or the request that waits for approval
/// @param agentId whose the memory is, or who asked for approval; absent where nobody is named
/// @param details further members of what is sent, as a JSON object
public record Event(
    EventType type, String memoryId, String namespace, @Nullable String agentId, String details) {

  /// How the namespaces begin that the server keeps things in for itself.
  private static final String OWN_NAMESPACES = "_";

  public Event(
      EventType type,
      String memoryId,
      String namespace,
      @Nullable String agentId,
      ObjectNode details) {
    this(type, memoryId, namespace, agentId, Json.canonical(details));
  }

  /// Whether it happened in a namespace of the server's own, such as that of agents or messages.
  public boolean internal() {
    return namespace.startsWith(OWN_NAMESPACES);
  }

  /// What is sent, but for the time of sending.
  ///
  /// @param correlationId what the receiver answers with, and knows a repetition by
  public String body(String correlationId) {
    var body = Json.object();
    body.setAll((ObjectNode) Json.parse(details));
    body.put("event", type.text());
    body.put("memory_id", memoryId);
    body.put("namespace", namespace);
    body.put("agent_id", agentId);
    return Json.canonical(body.put("correlation_id", correlationId));
  }
}
