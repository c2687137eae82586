package dev.quorate.http;

import dev.quorate.failure.RequestFailure.Invalid;
import dev.quorate.http.transport.Request;
import dev.quorate.memories.Condition;
import dev.quorate.memory.Rules;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Reads what a request requires of the memory it changes: `if_version` in body or query, and the
/// `If-Match` header.
final class Preconditions {
  private Preconditions() {}

  static Condition of(Request request, @Nullable Long versionInBody) {
    var inQuery = request.query("if_version").map(Preconditions::version).orElse(null);
    return new Condition(versionInBody != null ? versionInBody : inQuery, etags(request));
  }

  private static long version(String text) {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException _) {
      throw new Invalid("if_version must be a whole number: " + Rules.quote(text));
    }
  }

  private static List<String> etags(Request request) {
    return request
        .header("If-Match")
        .map(header -> Stream.of(header.split(",", -1)).map(String::strip).toList())
        .orElse(List.of());
  }
}
