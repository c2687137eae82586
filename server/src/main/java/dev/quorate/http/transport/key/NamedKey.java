package dev.quorate.http.transport.key;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// An API key's hash and what its owner calls it; one line of a [KeyFile].
///
/// @param name 1 to 64 of `A-Z a-z 0-9 . _ @ -`
public record NamedKey(String name, KeyHash hash) {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._@-]{1,64}");
  private static final Pattern LINE = Pattern.compile("sha256:([0-9a-f]{64})\\s+(\\S+)");

  public NamedKey {
    if (!isName(name)) {
      throw new IllegalArgumentException(
          "a key's name is 1 to 64 of letters, digits, dot, underscore, at and hyphen");
    }
  }

  public static boolean isName(String name) {
    return NAME.matcher(name).matches();
  }

  /// Reads `sha256:<hex> <name>`; null if the line is anything else.
  static @Nullable NamedKey parse(String line) {
    var match = LINE.matcher(line);
    if (!match.matches() || !isName(match.group(2))) return null;
    return new NamedKey(match.group(2), new KeyHash(match.group(1)));
  }

  String line() {
    return "sha256:" + hash.hex() + " " + name;
  }
}
