package dev.quorate.http.transport;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Finds the routes of a path. A path without parameters is one map look-up; the others are a tree
/// of segments in which a literal segment is preferred to a parameter. Immutable after
/// construction.
final class RouteTable {
  private final Map<String, Resource> literals = new HashMap<>();
  private final Node root = new Node();

  RouteTable(List<Route> routes) {
    routes.forEach(this::add);
  }

  /// What a path leads to: its resource and the segments that stood for parameters, still encoded.
  /// Null where no route has the path.
  @Nullable Match match(String path) {
    var literal = literals.get(path);
    if (literal != null) return new Match(literal, List.of());
    if (!path.startsWith("/")) return null;
    var segments = new ArrayList<String>(4);
    var resource = root.find(path, 1, segments);
    return resource == null ? null : new Match(resource, segments);
  }

  private void add(Route route) {
    var resource =
        route.parameterNames().isEmpty()
            ? literals.computeIfAbsent(route.path(), _ -> new Resource())
            : root.resource(route.path());
    resource.add(route);
  }

  record Match(Resource resource, List<String> segments) {}

  /// The routes of one path, by method.
  static final class Resource {
    private final Map<Method, Route> routes = new EnumMap<>(Method.class);
    private String allow = "";

    @Nullable Route route(@Nullable Method method) {
      return method == null ? null : routes.get(method);
    }

    /// The value of an `Allow` header.
    String allow() {
      return allow;
    }

    private void add(Route route) {
      if (routes.put(route.method(), route) != null) {
        throw new IllegalStateException(
            "two routes have one method and path: " + route.method() + " " + route.path());
      }
      allow =
          routes.keySet().stream()
              .map(method -> method == Method.GET ? "GET, HEAD" : method.name())
              .collect(Collectors.joining(", "));
    }
  }

  private static final class Node {
    private final Map<String, Node> literals = new HashMap<>();
    private @Nullable Node parameter;
    private @Nullable Resource resource;

    Resource resource(String path) {
      var node = this;
      for (var segment : path.substring(1).split("/", -1)) node = node.child(segment);
      if (node.resource == null) node.resource = new Resource();
      return node.resource;
    }

    @Nullable Resource find(String path, int from, List<String> segments) {
      if (from > path.length()) return resource;
      var slash = path.indexOf('/', from);
      var end = slash < 0 ? path.length() : slash;
      var segment = path.substring(from, end);
      var literal = literals.get(segment);
      if (literal != null) {
        var found = literal.find(path, end + 1, segments);
        if (found != null) return found;
      }
      if (parameter == null || segment.isEmpty()) return null;
      segments.add(segment);
      var found = parameter.find(path, end + 1, segments);
      if (found == null) segments.removeLast();
      return found;
    }

    private Node child(String segment) {
      if (!Route.isParameter(segment)) return literals.computeIfAbsent(segment, _ -> new Node());
      if (parameter == null) parameter = new Node();
      return parameter;
    }
  }
}
