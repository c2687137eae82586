package dev.quorate.corpus;

import java.util.List;
import java.util.Map;

/// What takes one body of `POST /api/v1/import` and answers what became of it.
@FunctionalInterface
public interface Destination {
  /// Sends one body of UTF-8 JSON. Whatever stops the whole import (nobody there, no key) is
  /// thrown.
  Answer send(byte[] body);

  /// What became of a body.
  sealed interface Answer {}

  /// It was taken, but for some rows.
  ///
  /// @param errors `id: why` of each row that was not taken
  /// @param remapped ids that came in under another one
  record Taken(long imported, List<String> errors, Map<String, String> remapped)
      implements Answer {}

  /// Nothing of it was taken, because something in it is wrong; other rows may still be right.
  record Refused(String sentence) implements Answer {}
}
