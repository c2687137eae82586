package dev.quorate.search;

import java.io.IOException;

/// An index that cannot be gone on with; the message says why, as the end of a sentence.
final class UnusableIndex extends IOException {
  private static final long serialVersionUID = 1L;

  UnusableIndex(String reason) {
    super(reason);
  }
}
