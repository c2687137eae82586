package dev.quorate.memory;

import dev.quorate.failure.RequestFailure.Invalid;
import dev.quorate.json.Json;
import dev.quorate.time.Timestamps;
import java.util.List;
import tools.jackson.databind.JsonNode;

/// The rules of what a memory cites (wire.md 2.4).
public final class Citations {
  private static final int CITATIONS_MAX = 64;
  private static final int URI_BYTES_MAX = 4_096;
  private static final List<String> SCHEMES = List.of("uri:", "doc:", "file:");

  private Citations() {}

  /// Returns the canonical text of the list.
  public static String check(JsonNode citations) {
    if (!citations.isArray()) throw new Invalid("citations must be a list");
    if (citations.size() > CITATIONS_MAX) {
      throw new Invalid(
          "a memory can have at most %d citations: %d".formatted(CITATIONS_MAX, citations.size()));
    }
    for (var citation : citations) {
      if (!citation.isObject()) throw new Invalid("a citation must be an object");
      uri("citation uri", text(citation, "uri"));
      if (Timestamps.parse(text(citation, "accessed_at")).isEmpty()) {
        throw new Invalid("citation accessed_at must be an RFC 3339 time");
      }
      if (citation.hasNonNull("hash") && !text(citation, "hash").matches("[0-9a-fA-F]{64}")) {
        throw new Invalid("citation hash must be 64 hex digits");
      }
      if (citation.hasNonNull("span")) span(citation.get("span"));
    }
    return Json.canonical(citations);
  }

  public static String uri(String name, String uri) {
    Rules.bytes(name, uri, URI_BYTES_MAX);
    Rules.printable(name, uri);
    if (SCHEMES.stream().noneMatch(uri::startsWith)) {
      throw new Invalid(
          "%s must begin with uri:, doc: or file:: %s".formatted(name, Rules.quote(uri)));
    }
    return uri;
  }

  /// Returns the canonical text of the span.
  public static String span(JsonNode span) {
    var start = span.path("start");
    var end = span.path("end");
    if (!start.isIntegralNumber()
        || !end.isIntegralNumber()
        || !start.canConvertToLong()
        || !end.canConvertToLong()) {
      throw new Invalid("a span needs whole numbers start and end");
    }
    if (start.asLong() < 0 || start.asLong() >= end.asLong()) {
      throw new Invalid(
          "a span's start must be 0 or more and before its end: %d, %d"
              .formatted(start.asLong(), end.asLong()));
    }
    return Json.canonical(Json.object().put("start", start.asLong()).put("end", end.asLong()));
  }

  private static String text(JsonNode citation, String field) {
    var value = citation.path(field);
    if (!value.isString()) throw new Invalid("a citation needs a text " + field);
    return Rules.printable("citation " + field, value.asString());
  }
}
