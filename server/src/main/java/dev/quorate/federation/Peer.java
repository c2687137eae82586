package dev.quorate.federation;

import dev.quorate.merge.Register;
import dev.quorate.settings.PeerRole;
import dev.quorate.settings.PeerSettings;
import dev.quorate.store.Snapshot;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// Another node as the settings name it. Immutable.
///
/// @param name what its link is called: the address, which stands only once in the settings
/// @param guest what it gets and gives, if it is another owner's node
public record Peer(String name, PeerSettings settings, Optional<GuestScope> guest) {
  public static Peer of(PeerSettings settings) {
    var guest =
        settings.role() == PeerRole.GUEST
            ? Optional.of(
                new GuestScope(Objects.requireNonNull(settings.id()), settings.namespaces()))
            : Optional.<GuestScope>empty();
    return new Peer(settings.url().toString(), settings, guest);
  }

  public boolean replica() {
    return guest.isEmpty();
  }

  /// Whether it gets this register: a replica gets every one.
  boolean mayGet(Snapshot snapshot, Register register) {
    return guest.map(scope -> scope.mayGet(snapshot, register)).orElse(true);
  }

  URI at(String path) {
    return URI.create(name + path);
  }

  /// The headers of a message to it.
  Map<String, String> headers(String self, Map<String, String> signature) {
    var headers = new HashMap<>(signature);
    headers.put("x-peer-id", self);
    headers.put("x-agent-id", self);
    var key = settings.apiKey();
    if (key != null) headers.put("x-api-key", key.text());
    return headers;
  }
}
