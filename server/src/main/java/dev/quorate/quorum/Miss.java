package dev.quorate.quorum;

import java.util.Locale;

/// Why a peer does not hold a write (wire.md 1.4). Declared from the most to the least telling: of
/// reasons that are equally frequent the first is given.
public enum Miss {
  /// The peer answered that it does not take the write, or that it cannot now.
  REFUSED,
  /// The peer said it has the write under another id.
  ID_DRIFT,
  /// No connection to the peer came about, or it broke.
  UNREACHABLE,
  /// Nothing was heard of the peer before the deadline.
  TIMEOUT;

  /// As clients read it.
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
