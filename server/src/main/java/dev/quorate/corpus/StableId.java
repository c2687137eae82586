package dev.quorate.corpus;

import java.nio.charset.StandardCharsets;
import java.util.UUID;

/// Ids that are the same whenever the same thing is read.
final class StableId {
  private StableId() {}

  /// A name-based UUID (RFC 9562, version 3) of where something comes from.
  ///
  /// @param kind what it is, so that two kinds with the same name differ
  static String of(String kind, String... names) {
    var name = "quorate:" + kind + "\0" + String.join("\0", names);
    return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)).toString();
  }
}
