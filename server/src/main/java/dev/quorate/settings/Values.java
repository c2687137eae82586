package dev.quorate.settings;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What was given for each setting, and where; a later value replaces an earlier one.
final class Values {
  private final Map<Key, Given> given = new EnumMap<>(Key.class);

  /// A value in one of the forms that a file can hold: `String`, `Long`, `Boolean`, or anything
  /// else, which is then wrong.
  private record Given(Object value, String origin) {}

  void put(Key key, Object value, String origin) {
    given.put(key, new Given(value, origin));
  }

  /// A value that can only come as text, such as a variable: its form follows from the setting.
  void putText(Key key, String text, String origin) {
    put(key, formOf(key.kind(), text), origin);
  }

  private static Object formOf(Key.Kind kind, String text) {
    return switch (kind) {
      case TEXT, SECRET -> text;
      case NUMBER -> {
        try {
          yield Long.valueOf(text.strip());
        } catch (NumberFormatException _) {
          yield text;
        }
      }
      case SWITCH ->
          switch (text.strip()) {
            case "true" -> true;
            case "false" -> false;
            default -> text;
          };
    };
  }

  String text(Key key, String otherwise) {
    var text = text(key);
    return text == null ? otherwise : text;
  }

  @Nullable String text(Key key) {
    var value = given.get(key);
    if (value == null) return null;
    if (value.value() instanceof String text) return text;
    throw wrong(key, "must be text", value);
  }

  long number(Key key, long otherwise) {
    var value = given.get(key);
    if (value == null) return otherwise;
    if (value.value() instanceof Long number) return number;
    throw wrong(key, "must be a whole number", value);
  }

  int integer(Key key, int otherwise) {
    var number = number(key, otherwise);
    if (number == (int) number) return (int) number;
    throw new InvalidSetting(
        key.text(), "%s is far out of its range: %d".formatted(key.text(), number));
  }

  boolean truth(Key key, boolean otherwise) {
    var value = given.get(key);
    if (value == null) return otherwise;
    if (value.value() instanceof Boolean truth) return truth;
    throw wrong(key, "must be true or false", value);
  }

  /// Where the value of a setting came from, if it was given at all.
  Optional<String> origin(String key) {
    return Key.of(key).map(given::get).map(Given::origin);
  }

  private static InvalidSetting wrong(Key key, String rule, Given value) {
    var shown = key.kind() == Key.Kind.SECRET ? "(secret)" : "'" + value.value() + "'";
    return new InvalidSetting(key.text(), "%s %s: %s".formatted(key.text(), rule, shown));
  }
}
