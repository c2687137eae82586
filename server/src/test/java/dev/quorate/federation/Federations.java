package dev.quorate.federation;

import dev.quorate.metrics.Meters;
import dev.quorate.settings.FederationSettings;
import dev.quorate.settings.PeerSettings;
import dev.quorate.store.Store;
import java.time.InstantSource;
import java.util.List;

/// The federation of a node with one peer, for tests of what they say to each other: nothing is
/// signed, and every key is taken.
final class Federations {
  private Federations() {}

  static Federation of(Store store, PeerSettings peer, Transport transport) {
    return new Federation(
        store,
        FederationSettings.DEFAULT.withPeers(List.of(peer)),
        new MeshRules(true),
        transport,
        new NoSignature(),
        (_, _) -> true,
        new FederationMeters(new Meters()),
        InstantSource.system());
  }
}
