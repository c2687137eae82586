package dev.quorate.settings;

import java.util.Locale;
import java.util.Optional;

/// Every setting there is, by the name it has in the file.
enum Key {
  DATA("data", Kind.TEXT),
  NODE_ID("node-id", Kind.TEXT),
  HTTP_HOST("http.host", Kind.TEXT),
  HTTP_PORT("http.port", Kind.NUMBER),
  HTTP_API_KEY("http.api-key", Kind.SECRET),
  HTTP_REQUEST_TIMEOUT_SECS("http.request-timeout-secs", Kind.NUMBER),
  HTTP_RECEIVE_TIMEOUT_SECS("http.receive-timeout-secs", Kind.NUMBER),
  HTTP_IDLE_TIMEOUT_SECS("http.idle-timeout-secs", Kind.NUMBER),
  HTTP_REQUESTS_MAX("http.requests-max", Kind.NUMBER),
  HTTP_SHUTDOWN_GRACE_SECS("http.shutdown-grace-secs", Kind.NUMBER),
  STORE_READERS("store.readers", Kind.NUMBER),
  MEMORY_DEFAULT_NAMESPACE("memory.default-namespace", Kind.TEXT),
  MEMORY_REPLACED_VERSIONS_MAX("memory.replaced-versions-max", Kind.NUMBER),
  TTL_SHORT_SECS("ttl.short-secs", Kind.NUMBER),
  TTL_MID_SECS("ttl.mid-secs", Kind.NUMBER),
  TTL_LONG_SECS("ttl.long-secs", Kind.NUMBER),
  TTL_EXTEND_SHORT_SECS("ttl.extend-short-secs", Kind.NUMBER),
  TTL_EXTEND_MID_SECS("ttl.extend-mid-secs", Kind.NUMBER),
  GC_INTERVAL_SECS("gc.interval-secs", Kind.NUMBER),
  GC_ARCHIVE_ON_GC("gc.archive-on-gc", Kind.SWITCH),
  GC_ARCHIVE_MAX_DAYS("gc.archive-max-days", Kind.NUMBER);

  private final String text;
  private final Kind kind;

  Key(String text, Kind kind) {
    this.text = text;
    this.kind = kind;
  }

  /// The key in the file, its table before the dot.
  String text() {
    return text;
  }

  Kind kind() {
    return kind;
  }

  /// The variable that sets it too. The API key's name is the one that clients know.
  String environmentVariable() {
    if (this == HTTP_API_KEY) return "QUORATE_API_KEY";
    return "QUORATE_" + text.replace('.', '_').replace('-', '_').toUpperCase(Locale.ROOT);
  }

  static Optional<Key> of(String text) {
    for (var key : values()) {
      if (key.text.equals(text)) return Optional.of(key);
    }
    return Optional.empty();
  }

  /// What a value must look like.
  enum Kind {
    TEXT,
    SECRET,
    NUMBER,
    SWITCH
  }
}
