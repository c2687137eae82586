package dev.quorate.settings;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What was given for each setting, and where; a later value replaces an earlier one.
final class Values {
  private final Home home;
  private final Map<Key, Given> given = new EnumMap<>(Key.class);
  private final List<PeerTable> peers = new ArrayList<>();
  private String peersOrigin = "";

  /// A value in one of the forms that a file can hold: `String`, `Long`, `Boolean`, [Texts], or
  /// anything else, which is then wrong.
  private record Given(Object value, String origin) {}

  Values(Home home) {
    this.home = home;
  }

  void put(Key key, Object value, String origin) {
    given.put(key, new Given(value, origin));
  }

  void putPeer(PeerTable peer, String origin) {
    peers.add(peer);
    peersOrigin = origin;
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
      case LIST -> Texts.separated(text);
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

  List<String> texts(Key key, List<String> otherwise) {
    var value = given.get(key);
    if (value == null) return otherwise;
    if (value.value() instanceof Texts texts) return texts.list();
    throw wrong(key, "must be a list of texts", value);
  }

  /// One of an enum's constants, written in lower case.
  <E extends Enum<E>> E choice(Key key, Class<E> type, E otherwise) {
    var text = text(key);
    if (text == null) return otherwise;
    var names = new ArrayList<String>();
    for (var constant : type.getEnumConstants()) {
      var name = constant.name().toLowerCase(Locale.ROOT);
      if (name.equals(text)) return constant;
      names.add(name);
    }
    throw new InvalidSetting(
        key.text(), "%s must be %s: '%s'".formatted(key.text(), String.join(" or ", names), text));
  }

  @Nullable Path path(Key key) {
    var text = text(key);
    return text == null ? null : path(key, text);
  }

  Path path(Key key, String otherwise) {
    var text = text(key, otherwise);
    if (text.isBlank()) {
      throw new InvalidSetting(key.text(), "%s must be a path: ''".formatted(key.text()));
    }
    try {
      return home.resolve(text);
    } catch (InvalidPathException _) {
      throw new InvalidSetting(key.text(), "%s must be a path: '%s'".formatted(key.text(), text));
    }
  }

  List<PeerTable> peers() {
    return List.copyOf(peers);
  }

  /// Where the value of a setting came from, if it was given at all.
  Optional<String> origin(String key) {
    if (key.startsWith("peer.")) return Optional.of(peersOrigin).filter(o -> !o.isEmpty());
    return Key.of(key).map(given::get).map(Given::origin);
  }

  private static InvalidSetting wrong(Key key, String rule, Given value) {
    var shown = key.kind() == Key.Kind.SECRET ? "(secret)" : "'" + value.value() + "'";
    return new InvalidSetting(key.text(), "%s %s: %s".formatted(key.text(), rule, shown));
  }
}
