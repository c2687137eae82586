package dev.quorate.federation;

import dev.quorate.metrics.Meters;
import dev.quorate.settings.FederationSettings;
import dev.quorate.settings.PeerSettings;
import dev.quorate.store.Store;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;

/// The federation of a node with one peer, for tests of what they say to each other: nothing is
/// signed, and every key is taken.
final class Federations {
  private Federations() {}

  static Federation of(Store store, PeerSettings peer, Transport transport) {
    var settings = FederationSettings.DEFAULT.withPeers(List.of(peer));
    return of(store, settings, transport, new Meters(), InstantSource.system());
  }

  /// One whose peer is a replica at an address that only the transport knows.
  static Federation ofReplica(
      Store store, int quorumTimeoutMs, Transport transport, Meters meters, InstantSource clock) {
    var peer = PeerSettings.replica(URI.create("http://127.0.0.1:1"));
    var settings =
        FederationSettings.DEFAULT.withPeers(List.of(peer)).withQuorumTimeoutMs(quorumTimeoutMs);
    return of(store, settings, transport, meters, clock);
  }

  private static Federation of(
      Store store,
      FederationSettings settings,
      Transport transport,
      Meters meters,
      InstantSource clock) {
    return new Federation(
        store,
        settings,
        new MeshRules(true),
        transport,
        new NoSignature(),
        (_, _) -> true,
        new FederationMeters(meters),
        clock);
  }
}
