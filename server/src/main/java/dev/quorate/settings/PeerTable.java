package dev.quorate.settings;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One `[[peer]]` as it stands in the file.
///
/// @param members the values by name, in the forms of [Values]
record PeerTable(Map<String, Object> members) {
  static final Set<String> NAMES =
      Set.of("url", "role", "namespaces", "id", "api-key", "allowed-senders");

  private static final String SECRET = "api-key";

  PeerTable {
    members = Map.copyOf(members);
  }

  @Nullable String text(String name) {
    return switch (members.get(name)) {
      case null -> null;
      case String text -> text;
      case Object other -> throw wrong(name, "must be text", other);
    };
  }

  List<String> list(String name) {
    return switch (members.get(name)) {
      case null -> List.of();
      case Texts texts -> texts.list();
      case Object other -> throw wrong(name, "must be a list of texts", other);
    };
  }

  private static InvalidSetting wrong(String name, String rule, Object value) {
    var shown = name.equals(SECRET) ? "(secret)" : "'" + value + "'";
    var key = "peer." + name;
    return new InvalidSetting(key, "%s %s: %s".formatted(key, rule, shown));
  }
}
