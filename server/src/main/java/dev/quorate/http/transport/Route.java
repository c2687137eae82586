package dev.quorate.http.transport;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

/// One method on one path, and what it does.
///
/// @param path like `/api/v1/memories/{id}`: a segment in braces matches exactly one segment as it
///   stands on the wire and is percent-decoded after matching, so `a%2Fb` is one segment of value
///   `a/b`; all other segments match as they are
public record Route(Method method, String path, RouteDoc doc, Handler handler) {
  public Route {
    if (!path.startsWith("/")) {
      throw new IllegalArgumentException("a route's path starts with /: " + path);
    }
    var names = parameterNames(path);
    if (names.contains("") || new HashSet<>(names).size() != names.size()) {
      throw new IllegalArgumentException("a path parameter is unnamed or named twice: " + path);
    }
  }

  /// The names in braces, in the order of the path.
  List<String> parameterNames() {
    return parameterNames(path);
  }

  static boolean isParameter(String segment) {
    return segment.startsWith("{") && segment.endsWith("}");
  }

  private static List<String> parameterNames(String path) {
    var names = new ArrayList<String>();
    for (var segment : path.split("/", -1)) {
      if (isParameter(segment)) names.add(segment.substring(1, segment.length() - 1));
    }
    return List.copyOf(names);
  }
}
