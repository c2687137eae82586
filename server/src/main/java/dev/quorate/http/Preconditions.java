package dev.quorate.http;

import dev.quorate.http.transport.Request;
import dev.quorate.memories.Condition;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Reads what a request requires of the memory it changes: `if_version` in body or query, and the
/// `If-Match` header.
final class Preconditions {
  private Preconditions() {}

  static Condition of(Request request, @Nullable Long versionInBody) {
    var inQuery =
        request.query("if_version").map(text -> Parameters.whole("if_version", text)).orElse(null);
    return new Condition(versionInBody != null ? versionInBody : inQuery, etags(request));
  }

  private static List<String> etags(Request request) {
    return request
        .header("If-Match")
        .map(header -> Stream.of(header.split(",", -1)).map(String::strip).toList())
        .orElse(List.of());
  }
}
