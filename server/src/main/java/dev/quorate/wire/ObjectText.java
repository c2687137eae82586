package dev.quorate.wire;

import dev.quorate.json.CanonicalText;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Writes one JSON object as text, member by member. A member that is absent is left out.
final class ObjectText {
  private final StringBuilder out;
  private boolean empty = true;

  ObjectText() {
    this.out = new StringBuilder(160).append('{');
  }

  ObjectText text(String name, @Nullable String value) {
    if (value == null) return this;
    name(name);
    CanonicalText.quote(value, out);
    return this;
  }

  ObjectText number(String name, long value) {
    name(name);
    out.append(value);
    return this;
  }

  ObjectText flag(String name, boolean value) {
    name(name);
    out.append(value);
    return this;
  }

  ObjectText texts(String name, List<String> values) {
    name(name);
    out.append('[');
    for (var i = 0; i < values.size(); i++) {
      if (i > 0) out.append(',');
      CanonicalText.quote(values.get(i), out);
    }
    out.append(']');
    return this;
  }

  /// A member whose value is JSON already.
  ObjectText json(String name, @Nullable CharSequence json) {
    if (json == null) return this;
    name(name);
    out.append(json);
    return this;
  }

  /// A member whose name is not one of ours, and whose value is JSON already.
  ObjectText quoted(String name, CharSequence json) {
    if (!empty) out.append(',');
    empty = false;
    CanonicalText.quote(name, out);
    out.append(':').append(json);
    return this;
  }

  String end() {
    return out.append('}').toString();
  }

  private void name(String name) {
    if (!empty) out.append(',');
    empty = false;
    out.append('"').append(name).append("\":");
  }

  static String quote(String text) {
    var out = new StringBuilder(text.length() + 2);
    CanonicalText.quote(text, out);
    return out.toString();
  }
}
