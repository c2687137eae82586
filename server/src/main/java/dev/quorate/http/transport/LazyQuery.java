package dev.quorate.http.transport;

import io.helidon.http.HttpPrologue;
import org.jspecify.annotations.Nullable;

/// A query that is parsed once somebody asks for it. Belongs to one thread.
final class LazyQuery {
  private final HttpPrologue prologue;
  private @Nullable Query parsed;

  LazyQuery(HttpPrologue prologue) {
    this.prologue = prologue;
  }

  Query get() {
    if (parsed == null) {
      parsed = Query.parse(raw());
    }
    return parsed;
  }

  /// The query as it stood on the wire, without the `?`; empty where there is none.
  String raw() {
    return prologue.hasQuery() ? prologue.query().rawValue() : "";
  }

  /// Whether the text occurs anywhere in the raw query; answers without parsing it.
  boolean mentions(String text) {
    return raw().contains(text);
  }
}
