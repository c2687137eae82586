package dev.quorate.acceptance;

import java.util.List;
import java.util.stream.Stream;

/// Requests that reach no route: paths that do not exist, and methods that a path does not have.
final class NoRoutes {
  private static final List<String> PATHS =
      List.of(
          "/",
          "/api",
          "/api/v1",
          "/api/v1/",
          "/api/v1/nothing",
          "/api/v1/memories/",
          "/api/v1/memories//history",
          "/api/v1/memories/alpha/",
          "/api/v1/memories/alpha/nothing",
          "/api/v1/memories/alpha/history/more",
          "/api/v1/%6demories",
          "/api/v1/stats/",
          "/api/v1/stats%20",
          "/api/v1/stat%zz",
          "/api/v2/memories",
          "/API/v1/memories",
          "//api/v1/stats",
          "/api/v1/memories/../stats",
          "/api/v1/./stats",
          "/api/v1/stats;x=1",
          "/favicon.ico");

  private static final List<String> METHODS =
      List.of("GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "BREW");

  private NoRoutes() {}

  static Stream<Row> paths() {
    return PATHS.stream()
        .flatMap(path ->
            Stream.of("GET", "POST")
                .map(method -> Row.refused(404, method + " " + path, Call.of(method, path))));
  }

  static Stream<Row> methods() {
    return Operation.all().map(Operation::path).distinct().flatMap(NoRoutes::methods);
  }

  private static Stream<Row> methods(String path) {
    var routes = Operation.all().filter(route -> route.path().equals(path)).toList();
    var known = routes.stream().map(route -> route.good().method()).toList();
    var target = routes.getFirst().good().target();
    return METHODS.stream()
        .filter(method -> !known.contains(method.equals("HEAD") ? "GET" : method))
        // An answer to HEAD has no body that could be looked at.
        .filter(method -> !method.equals("HEAD"))
        .map(method -> Row.refused(405, method + " " + path, Call.of(method, target)));
  }
}
