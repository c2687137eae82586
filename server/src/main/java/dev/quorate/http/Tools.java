package dev.quorate.http;

import dev.quorate.http.transport.Method;
import dev.quorate.http.transport.Parameter.Place;
import dev.quorate.http.transport.Route;
import dev.quorate.json.Json;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// What this node does for agents, as the definitions of tools in MCP's shape, made from the table
/// of routes: whatever is listed is done by the route that is named with it.
final class Tools {
  /// A tool and the route that does its work.
  private record Tool(String name, String family, Method method, String path) {}

  private static final List<Tool> ALL =
      List.of(
          new Tool("memory_store", "core", Method.POST, "/memories"),
          new Tool("memory_recall", "core", Method.POST, "/recall"),
          new Tool("memory_search", "core", Method.GET, "/search"),
          new Tool("memory_list", "core", Method.GET, "/memories"),
          new Tool("memory_get", "core", Method.GET, "/memories/{id}"),
          new Tool("memory_update", "lifecycle", Method.PUT, "/memories/{id}"),
          new Tool("memory_delete", "lifecycle", Method.DELETE, "/memories/{id}"),
          new Tool("memory_forget", "lifecycle", Method.POST, "/forget"),
          new Tool("memory_gc", "lifecycle", Method.POST, "/gc"),
          new Tool("memory_promote", "lifecycle", Method.POST, "/memories/{id}/promote"),
          new Tool("memory_kg_query", "graph", Method.POST, "/kg/query"),
          new Tool("memory_kg_timeline", "graph", Method.GET, "/kg/timeline"),
          new Tool("memory_kg_invalidate", "graph", Method.POST, "/kg/invalidate"),
          new Tool("memory_find_paths", "graph", Method.POST, "/kg/find_paths"),
          new Tool("memory_link", "graph", Method.POST, "/links"),
          new Tool("memory_get_links", "graph", Method.GET, "/links/{id}"),
          new Tool("memory_verify", "graph", Method.POST, "/links/verify"),
          new Tool("memory_entity_register", "graph", Method.POST, "/entities"),
          new Tool("memory_entity_get_by_alias", "graph", Method.GET, "/entities/by_alias"),
          new Tool("memory_get_taxonomy", "graph", Method.GET, "/taxonomy"),
          new Tool("memory_pending_list", "governance", Method.GET, "/pending"),
          new Tool("memory_pending_approve", "governance", Method.POST, "/pending/{id}/approve"),
          new Tool("memory_pending_reject", "governance", Method.POST, "/pending/{id}/reject"),
          new Tool("memory_namespace_set_standard", "governance", Method.POST, "/namespaces"),
          new Tool("memory_namespace_get_standard", "governance", Method.GET, "/namespaces"),
          new Tool("memory_namespace_clear_standard", "governance", Method.DELETE, "/namespaces"),
          new Tool("memory_subscribe", "governance", Method.POST, "/subscriptions"),
          new Tool("memory_unsubscribe", "governance", Method.DELETE, "/subscriptions"),
          new Tool("memory_consolidate", "power", Method.POST, "/consolidate"),
          new Tool("memory_detect_contradiction", "power", Method.GET, "/contradictions"),
          new Tool("memory_check_duplicate", "power", Method.POST, "/check_duplicate"),
          new Tool("memory_inbox", "power", Method.GET, "/inbox"),
          new Tool("memory_quota_status", "power", Method.POST, "/quota/status"),
          new Tool(
              "memory_subscription_dlq_list", "power", Method.GET, "/subscriptions/dead-letters"),
          new Tool("memory_capabilities", "meta", Method.GET, "/capabilities"),
          new Tool("memory_agent_register", "meta", Method.POST, "/agents"),
          new Tool("memory_agent_list", "meta", Method.GET, "/agents"),
          new Tool("memory_session_start", "meta", Method.POST, "/session/start"),
          new Tool("memory_stats", "meta", Method.GET, "/stats"),
          new Tool("memory_archive_list", "archive", Method.GET, "/archive"),
          new Tool("memory_archive_restore", "archive", Method.POST, "/archive/{id}/restore"),
          new Tool("memory_archive_purge", "archive", Method.DELETE, "/archive"),
          new Tool("memory_archive_stats", "archive", Method.GET, "/archive/stats"),
          new Tool("memory_list_subscriptions", "other", Method.GET, "/subscriptions"),
          new Tool("memory_notify", "other", Method.POST, "/notify"));

  private Tools() {}

  /// Which tools there are, and whether they can be called.
  static ArrayNode summary() {
    var list = Json.mapper().createArrayNode();
    for (var tool : ALL) {
      list.addObject()
          .put("name", tool.name())
          .put("family", tool.family())
          .put("loaded", true)
          .put("callable_now", true);
    }
    return list;
  }

  /// The definitions: name, description, schema of the input, and the route.
  static ArrayNode definitions(List<Route> routes) {
    var list = Json.mapper().createArrayNode();
    for (var tool : ALL) definition(tool, routes).ifPresent(list::add);
    return list;
  }

  private static Optional<ObjectNode> definition(Tool tool, List<Route> routes) {
    return routes.stream()
        .filter(route -> route.method() == tool.method())
        .filter(route -> route.path().equals(Api.ROOT + tool.path()))
        .findFirst()
        .map(route -> {
          var json = Json.object().put("name", tool.name());
          json.put("description", route.doc().summary()).put("family", tool.family());
          json.set("inputSchema", schema(route));
          json.put("callable_now", true);
          json.putObject("http").put("method", route.method().name()).put("path", route.path());
          return json;
        });
  }

  /// The members of the body, and the parameters of path and query beside them.
  private static ObjectNode schema(Route route) {
    var body = route.doc().body();
    var schema = body == null ? Json.object().put("type", "object") : body.deepCopy();
    var properties = schema.withObjectProperty("properties");
    var required = schema.withArrayProperty("required");
    for (var parameter : route.doc().parameters()) {
      if (parameter.place() == Place.HEADER) continue;
      var property = Json.object().put("type", parameter.type().name().toLowerCase(Locale.ROOT));
      if (!parameter.description().isEmpty()) {
        property.put("description", parameter.description());
      }
      if (!properties.has(parameter.name())) properties.set(parameter.name(), property);
      if (parameter.required()) required.add(parameter.name());
    }
    if (required.isEmpty()) schema.remove("required");
    return schema;
  }
}
