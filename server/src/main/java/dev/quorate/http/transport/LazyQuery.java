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
      parsed = prologue.hasQuery() ? Query.parse(prologue.query().rawValue()) : Query.EMPTY;
    }
    return parsed;
  }

  /// Whether the text occurs anywhere in the raw query; answers without parsing it.
  boolean mentions(String text) {
    return prologue.hasQuery() && prologue.query().rawValue().contains(text);
  }
}
