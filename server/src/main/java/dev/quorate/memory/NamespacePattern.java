package dev.quorate.memory;

import dev.quorate.failure.RequestFailure.Invalid;

/// Which namespaces are meant: one (`team/x`), one and all below it (`team/x/**`), or all (`*`).
///
/// @param text the pattern as it was written
public record NamespacePattern(String text) {
  private static final String ALL = "*";
  private static final String BELOW = "/**";

  /// @throws Invalid when the text is neither `*` nor a namespace, with or without `/**` behind it
  public NamespacePattern {
    if (!text.equals(ALL)) Rules.namespace(base(text));
    if (base(text).contains("*") && !text.equals(ALL)) {
      throw new Invalid("a * stands alone, or as /** behind a namespace: " + Rules.quote(text));
    }
  }

  public boolean matches(String namespace) {
    if (text.equals(ALL)) return true;
    var base = base(text);
    if (namespace.equals(base)) return true;
    return text.endsWith(BELOW) && namespace.startsWith(base + "/");
  }

  private static String base(String text) {
    return text.endsWith(BELOW) ? text.substring(0, text.length() - BELOW.length()) : text;
  }
}
