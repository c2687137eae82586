package dev.quorate.settings;

import java.util.regex.Pattern;

/// The rule for what a node or an agent may be called, on the wire and in the settings.
final class NodeName {
  private static final Pattern NAME = Pattern.compile("(?!/)[A-Za-z0-9_:@./-]{1,128}");

  private NodeName() {}

  static void check(String key, String name) {
    if (!NAME.matcher(name).matches() || name.contains("..")) {
      throw new InvalidSetting(
          key,
          "%s must be 1..128 letters, digits or _:@./- without .. and without / in front: '%s'"
              .formatted(key, name));
    }
  }
}
