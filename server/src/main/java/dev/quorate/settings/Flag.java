package dev.quorate.settings;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What can be set on the command line of `quorate serve`.
public enum Flag {
  /// The settings file to read instead of `quorate.toml` in the data directory.
  CONFIG("--config", null),
  DATA("--data", Key.DATA),
  NODE_ID("--node-id", Key.NODE_ID),
  HOST("--host", Key.HTTP_HOST),
  PORT("--port", Key.HTTP_PORT),
  SHUTDOWN_GRACE_SECS("--shutdown-grace-secs", Key.HTTP_SHUTDOWN_GRACE_SECS),
  EMBEDDER("--embedder", Key.EMBEDDING_EMBEDDER),
  QUORUM_WRITES("--quorum-writes", Key.FEDERATION_WRITE_QUORUM),
  QUORUM_PEERS("--quorum-peers", Key.FEDERATION_PEERS),
  QUORUM_TIMEOUT_MS("--quorum-timeout-ms", Key.FEDERATION_QUORUM_TIMEOUT_MS),
  CATCHUP_INTERVAL_SECS("--catchup-interval-secs", Key.FEDERATION_CATCHUP_INTERVAL_SECS),
  TLS_CERT("--tls-cert", Key.TLS_CERT),
  TLS_KEY("--tls-key", Key.TLS_KEY),
  MTLS_ALLOWLIST("--mtls-allowlist", Key.TLS_CLIENT_ALLOWLIST),
  QUORUM_CLIENT_CERT("--quorum-client-cert", Key.TLS_CLIENT_CERT),
  QUORUM_CLIENT_KEY("--quorum-client-key", Key.TLS_CLIENT_KEY),
  QUORUM_CA_CERT("--quorum-ca-cert", Key.TLS_CA_CERT);

  private final String text;
  private final @Nullable Key key;

  Flag(String text, @Nullable Key key) {
    this.text = text;
    this.key = key;
  }

  /// The flag as it is typed.
  public String text() {
    return text;
  }

  /// The setting that it sets, if it is one.
  Optional<Key> key() {
    return Optional.ofNullable(key);
  }
}
