package dev.quorate.settings;

import java.util.regex.Pattern;

/// The rule for what a node or an agent may be called, on the wire and in the settings.
public final class NodeName {
  private static final Pattern NAME = Pattern.compile("(?!/)[A-Za-z0-9_:@./-]{1,128}");

  private NodeName() {}

  /// Whether a node may be called so.
  public static boolean isName(String text) {
    return NAME.matcher(text).matches() && !text.contains("..");
  }

  static void check(String key, String name) {
    if (!isName(name)) {
      throw new InvalidSetting(
          key,
          "%s must be 1..128 letters, digits or _:@./- without .. and without / in front: '%s'"
              .formatted(key, name));
    }
  }
}
