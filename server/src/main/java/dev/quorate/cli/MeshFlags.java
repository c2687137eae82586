package dev.quorate.cli;

import dev.quorate.settings.Flag;
import dev.quorate.settings.Flags;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// The flags of `quorate serve` about peers and encryption.
final class MeshFlags {
  @Option(
      names = "--quorum-peers",
      paramLabel = "URL,...",
      order = 20,
      description = "The other nodes, each of which holds everything.")
  private @Nullable String peers;

  @Option(
      names = "--quorum-writes",
      paramLabel = "W",
      order = 21,
      description = "Nodes that must hold a write, this one included (the majority).")
  private @Nullable String writes;

  @Option(
      names = "--quorum-timeout-ms",
      paramLabel = "MS",
      order = 22,
      description = "How long a write waits for them (2000).")
  private @Nullable String timeoutMs;

  @Option(
      names = "--catchup-interval-secs",
      paramLabel = "S",
      order = 23,
      description = "How often peers are asked for what is missing (30); 0 for never.")
  private @Nullable String catchupIntervalSecs;

  @Option(
      names = "--quorum-client-cert",
      paramLabel = "FILE",
      order = 24,
      description = "Certificate chain in PEM that is shown to peers.")
  private @Nullable String clientCert;

  @Option(
      names = "--quorum-client-key",
      paramLabel = "FILE",
      order = 25,
      description = "The private key to it.")
  private @Nullable String clientKey;

  @Option(
      names = "--quorum-ca-cert",
      paramLabel = "FILE",
      order = 26,
      description = "Certificates in PEM that vouch for peers, beside the usual ones.")
  private @Nullable String caCert;

  @Option(
      names = "--tls-cert",
      paramLabel = "FILE",
      order = 30,
      description = "The node's certificate chain in PEM; without one it serves plain http.")
  private @Nullable String tlsCert;

  @Option(
      names = "--tls-key",
      paramLabel = "FILE",
      order = 31,
      description = "The private key to it.")
  private @Nullable String tlsKey;

  @Option(
      names = "--mtls-allowlist",
      paramLabel = "FILE",
      order = 32,
      description = "SHA-256 fingerprints of the client certificates of peers, one a line.")
  private @Nullable String allowlist;

  /// The same flags, with those that were typed here.
  Flags addTo(Flags flags) {
    return flags
        .with(Flag.QUORUM_PEERS, peers)
        .with(Flag.QUORUM_WRITES, writes)
        .with(Flag.QUORUM_TIMEOUT_MS, timeoutMs)
        .with(Flag.CATCHUP_INTERVAL_SECS, catchupIntervalSecs)
        .with(Flag.QUORUM_CLIENT_CERT, clientCert)
        .with(Flag.QUORUM_CLIENT_KEY, clientKey)
        .with(Flag.QUORUM_CA_CERT, caCert)
        .with(Flag.TLS_CERT, tlsCert)
        .with(Flag.TLS_KEY, tlsKey)
        .with(Flag.MTLS_ALLOWLIST, allowlist);
  }
}
