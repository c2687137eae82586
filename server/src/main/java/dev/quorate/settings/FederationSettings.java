package dev.quorate.settings;

import java.net.URI;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;

/// Table `[federation]` and every `[[peer]]`: who the mesh is, and how writes are agreed on.
///
/// @param writeQuorum how many nodes must hold a write, this one included; 1 to [#nodes]
/// @param quorumTimeoutMs how long a write waits for them
/// @param requestTimeoutMs how long one request to a peer may take
/// @param catchupIntervalSecs how often peers are asked for what is missing; 0 for never
/// @param digestIntervalSecs how often digests are compared; 0 for never
/// @param maxClockAheadSecs how far in the future a stamp may be to be taken at once
/// @param shutdownDrainSecs how long a stop waits for peers to take what they lack
/// @param signatureWindowSecs how far the time in a signed message may be from ours
/// @param admitUnsigned whether peers without an enrolled key may push without a signature
/// @param admitAnonymousPulls whether memories may be pulled without a peer id
/// @param allowPlaintext hosts in lower case that may be reached by http though they are not this
///   machine
public record FederationSettings(
    int writeQuorum,
    int quorumTimeoutMs,
    int requestTimeoutMs,
    OnQuorumMiss onQuorumMiss,
    int catchupIntervalSecs,
    int digestIntervalSecs,
    int maxClockAheadSecs,
    int shutdownDrainSecs,
    int signatureWindowSecs,
    boolean admitUnsigned,
    boolean admitAnonymousPulls,
    List<String> allowPlaintext,
    List<PeerSettings> peers) {

  private static final int TEN_MINUTES_MS = 600_000;
  private static final int DAY_SECS = 86_400;

  /// A node on its own.
  public static final FederationSettings DEFAULT =
      new FederationSettings(
          1,
          2_000,
          30_000,
          OnQuorumMiss.ERROR,
          30,
          60,
          3_600,
          5,
          300,
          false,
          false,
          List.of(),
          List.of());

  public FederationSettings {
    allowPlaintext =
        allowPlaintext.stream().map(host -> unbracketed(host.toLowerCase(Locale.ROOT))).toList();
    peers = List.copyOf(peers);
    var nodes = nodes(peers);
    if (writeQuorum < 1 || writeQuorum > nodes) {
      throw new InvalidSetting(
          "federation.write-quorum",
          "federation.write-quorum must be 1..%d (the mesh has %d %s): %d"
              .formatted(nodes, nodes, nodes == 1 ? "node" : "nodes", writeQuorum));
    }
    Range.check("federation.quorum-timeout-ms", quorumTimeoutMs, 1, TEN_MINUTES_MS);
    Range.check("federation.request-timeout-ms", requestTimeoutMs, 1, TEN_MINUTES_MS);
    Range.check("federation.catchup-interval-secs", catchupIntervalSecs, 0, DAY_SECS);
    Range.check("federation.digest-interval-secs", digestIntervalSecs, 0, DAY_SECS);
    Range.check("federation.max-clock-ahead-secs", maxClockAheadSecs, 1, DAY_SECS);
    Range.check("federation.shutdown-drain-secs", shutdownDrainSecs, 0, 3_600);
    Range.check("federation.signature-window-secs", signatureWindowSecs, 1, DAY_SECS);
    checkDifferent(peers);
    for (var peer : peers) checkEncrypted(peer.url(), allowPlaintext);
  }

  /// How many nodes hold everything: this one and its replicas.
  public int nodes() {
    return nodes(peers);
  }

  /// The same with other peers and the majority of the mesh that they make.
  public FederationSettings withPeers(List<PeerSettings> newPeers) {
    return with(majority(nodes(newPeers)), quorumTimeoutMs, newPeers);
  }

  public FederationSettings withWriteQuorum(int newWriteQuorum) {
    return with(newWriteQuorum, quorumTimeoutMs, peers);
  }

  public FederationSettings withQuorumTimeoutMs(int newQuorumTimeoutMs) {
    return with(writeQuorum, newQuorumTimeoutMs, peers);
  }

  private FederationSettings with(
      int newWriteQuorum, int newQuorumTimeoutMs, List<PeerSettings> newPeers) {
    return new FederationSettings(
        newWriteQuorum,
        newQuorumTimeoutMs,
        requestTimeoutMs,
        onQuorumMiss,
        catchupIntervalSecs,
        digestIntervalSecs,
        maxClockAheadSecs,
        shutdownDrainSecs,
        signatureWindowSecs,
        admitUnsigned,
        admitAnonymousPulls,
        allowPlaintext,
        newPeers);
  }

  static FederationSettings of(Values values) {
    var peers = new ArrayList<PeerSettings>();
    for (var table : values.peers()) peers.add(PeerSettings.of(table));
    for (var url : values.texts(Key.FEDERATION_PEERS, List.of())) {
      peers.add(PeerSettings.replica(PeerUrl.normalised(Key.FEDERATION_PEERS.text(), url)));
    }
    var nodes = nodes(peers);
    var quorum = values.integer(Key.FEDERATION_WRITE_QUORUM, majority(nodes));
    // Without replicas, 0 is how one says that there is no federation.
    var writeQuorum = nodes == 1 && quorum == 0 ? 1 : quorum;
    return new FederationSettings(
        writeQuorum,
        values.integer(Key.FEDERATION_QUORUM_TIMEOUT_MS, DEFAULT.quorumTimeoutMs),
        values.integer(Key.FEDERATION_REQUEST_TIMEOUT_MS, DEFAULT.requestTimeoutMs),
        values.choice(Key.FEDERATION_ON_QUORUM_MISS, OnQuorumMiss.class, DEFAULT.onQuorumMiss),
        values.integer(Key.FEDERATION_CATCHUP_INTERVAL_SECS, DEFAULT.catchupIntervalSecs),
        values.integer(Key.FEDERATION_DIGEST_INTERVAL_SECS, DEFAULT.digestIntervalSecs),
        values.integer(Key.FEDERATION_MAX_CLOCK_AHEAD_SECS, DEFAULT.maxClockAheadSecs),
        values.integer(Key.FEDERATION_SHUTDOWN_DRAIN_SECS, DEFAULT.shutdownDrainSecs),
        values.integer(Key.FEDERATION_SIGNATURE_WINDOW_SECS, DEFAULT.signatureWindowSecs),
        values.truth(Key.FEDERATION_ADMIT_UNSIGNED, DEFAULT.admitUnsigned),
        values.truth(Key.FEDERATION_ADMIT_ANONYMOUS_PULLS, DEFAULT.admitAnonymousPulls),
        values.texts(Key.FEDERATION_ALLOW_PLAINTEXT, DEFAULT.allowPlaintext),
        peers);
  }

  private static int nodes(List<PeerSettings> peers) {
    return 1 + (int) peers.stream().filter(peer -> peer.role() == PeerRole.REPLICA).count();
  }

  private static int majority(int nodes) {
    return nodes / 2 + 1;
  }

  private static void checkDifferent(List<PeerSettings> peers) {
    var urls = new HashSet<URI>();
    var ids = new HashSet<String>();
    for (var peer : peers) {
      if (!urls.add(peer.url())) {
        throw new InvalidSetting(
            "federation.peers",
            "the peer %s is given twice; give it once, as [[peer]] or in federation.peers"
                .formatted(peer.url()));
      }
      if (peer.id() != null && !ids.add(peer.id())) {
        throw new InvalidSetting("peer.id", "two peers have the id %s".formatted(peer.id()));
      }
    }
  }

  private static void checkEncrypted(URI url, List<String> allowed) {
    var host = unbracketed(url.getHost());
    if (url.getScheme().equals("https") || HttpSettings.isLoopback(host)) return;
    if (allowed.contains(host)) return;
    throw new InvalidSetting(
        "federation.allow-plaintext",
        "the peer %s would get everything unencrypted: use https, or put \"%s\" into federation.allow-plaintext"
            .formatted(url, host));
  }

  private static String unbracketed(String host) {
    return host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
  }
}
