package dev.quorate.acceptance;

import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/// The JSON type of a body's member, and values of other types that it must refuse.
// The lists are made once and never changed; the checker cannot see that.
@SuppressWarnings("ImmutableEnumChecker")
enum Type {
  TEXT("1", "true", "[]", "[\"x\"]", "{}"),
  WHOLE("\"5\"", "5.5", "5.0", "1e400", "99999999999999999999", "true", "[]", "{}"),
  NUMBER("\"0.5\"", "\"NaN\"", "true", "[]", "{}"),
  FLAG("\"true\"", "1", "[]", "{}"),
  TEXTS("\"x\"", "1", "true", "{}", "[1]", "[\"x\",null]", "[[\"x\"]]"),
  OBJECT("\"x\"", "1", "true", "[]"),
  OBJECTS("\"x\"", "1", "true", "{}", "[1]", "[null]", "[[]]"),
  TEXT_OR_TEXTS("1", "true", "{}", "[1]"),
  /// A member that this route takes and does not look at.
  IGNORED();

  private final List<Sample> wrong;

  Type(String... wrong) {
    this.wrong = Sample.ofJson(wrong);
  }

  List<Sample> wrong() {
    return wrong;
  }

  /// Values of this type that have one control character in a text.
  List<Sample> withControls() {
    return switch (this) {
      case TEXT -> controls(Sample::node);
      case TEXTS, TEXT_OR_TEXTS -> controls(text -> Sample.node(List.of(text)));
      case WHOLE, NUMBER, FLAG, OBJECT, OBJECTS, IGNORED -> List.of();
    };
  }

  private static List<Sample> controls(Function<String, JsonNode> value) {
    return Sample.controls()
        .mapToObj(c ->
            new Sample(
                "U+%04X".formatted(c).toUpperCase(Locale.ROOT), value.apply("a" + (char) c + "b")))
        .toList();
  }
}
