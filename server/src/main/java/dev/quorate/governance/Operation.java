package dev.quorate.governance;

import java.util.Locale;

/// What a policy has a level for.
public enum Operation {
  STORE,
  DELETE,
  PROMOTE;

  /// The word for it in sentences and in JSON.
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
