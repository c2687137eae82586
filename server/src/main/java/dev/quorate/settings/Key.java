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
  HTTP_LISTENERS_MAX("http.listeners-max", Kind.NUMBER),
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
  GC_ARCHIVE_MAX_DAYS("gc.archive-max-days", Kind.NUMBER),
  FEDERATION_PEERS("federation.peers", Kind.LIST),
  FEDERATION_WRITE_QUORUM("federation.write-quorum", Kind.NUMBER),
  FEDERATION_QUORUM_TIMEOUT_MS("federation.quorum-timeout-ms", Kind.NUMBER),
  FEDERATION_REQUEST_TIMEOUT_MS("federation.request-timeout-ms", Kind.NUMBER),
  FEDERATION_ON_QUORUM_MISS("federation.on-quorum-miss", Kind.TEXT),
  FEDERATION_CATCHUP_INTERVAL_SECS("federation.catchup-interval-secs", Kind.NUMBER),
  FEDERATION_DIGEST_INTERVAL_SECS("federation.digest-interval-secs", Kind.NUMBER),
  FEDERATION_MAX_CLOCK_AHEAD_SECS("federation.max-clock-ahead-secs", Kind.NUMBER),
  FEDERATION_SHUTDOWN_DRAIN_SECS("federation.shutdown-drain-secs", Kind.NUMBER),
  FEDERATION_SIGNATURE_WINDOW_SECS("federation.signature-window-secs", Kind.NUMBER),
  FEDERATION_ADMIT_UNSIGNED("federation.admit-unsigned", Kind.SWITCH),
  FEDERATION_ADMIT_ANONYMOUS_PULLS("federation.admit-anonymous-pulls", Kind.SWITCH),
  FEDERATION_ALLOW_PLAINTEXT("federation.allow-plaintext", Kind.LIST),
  TLS_CERT("tls.cert", Kind.TEXT),
  TLS_KEY("tls.key", Kind.TEXT),
  TLS_CLIENT_ALLOWLIST("tls.client-allowlist", Kind.TEXT),
  TLS_CLIENT_CERT("tls.client-cert", Kind.TEXT),
  TLS_CLIENT_KEY("tls.client-key", Kind.TEXT),
  TLS_CA_CERT("tls.ca-cert", Kind.TEXT),
  APPROVAL_HMAC_SECRET("approval.hmac-secret", Kind.SECRET),
  APPROVAL_REQUIRE_QUORATE_SIGNATURE("approval.require-quorate-signature", Kind.SWITCH),
  GOVERNANCE_MODE("governance.mode", Kind.TEXT),
  EMBEDDING_EMBEDDER("embedding.embedder", Kind.TEXT),
  EMBEDDING_URL("embedding.url", Kind.TEXT),
  EMBEDDING_MODEL("embedding.model", Kind.TEXT),
  EMBEDDING_API_KEY("embedding.api-key", Kind.SECRET),
  EMBEDDING_TIMEOUT_SECS("embedding.timeout-secs", Kind.NUMBER),
  EMBEDDING_ABSENT_SECS("embedding.absent-secs", Kind.NUMBER),
  SUBSCRIPTIONS_ALLOW_LOOPBACK("subscriptions.allow-loopback", Kind.SWITCH),
  QUOTA_MEMORIES_PER_DAY("quota.memories-per-day", Kind.NUMBER),
  QUOTA_STORAGE_BYTES("quota.storage-bytes", Kind.NUMBER),
  QUOTA_LINKS_PER_DAY("quota.links-per-day", Kind.NUMBER);

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
    SWITCH,
    LIST
  }
}
