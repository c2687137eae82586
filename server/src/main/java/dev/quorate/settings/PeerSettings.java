package dev.quorate.settings;

import dev.quorate.failure.RequestFailure.Invalid;
import dev.quorate.memory.NamespacePattern;
import dev.quorate.memory.Rules;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Table `[[peer]]`: another node of the mesh.
///
/// @param url where it is reached; scheme and host in lower case, without a slash at the end
/// @param namespaces what a guest gets and gives; empty for a replica, which gets everything
/// @param id the node id that it must have; absent to take the one that it is enrolled with, which
///   is not enough for a guest: what it sends before it was greeted must be known as a guest's
/// @param apiKey what is sent to it as `x-api-key`, for a peer that does not go by signatures
/// @param allowedSenders other agents in whose name it may push, beside its own id
public record PeerSettings(
    URI url,
    PeerRole role,
    List<NamespacePattern> namespaces,
    @Nullable String id,
    @Nullable Secret apiKey,
    List<String> allowedSenders) {

  public PeerSettings {
    url = PeerUrl.normalised("peer.url", url.toString());
    namespaces = List.copyOf(namespaces);
    allowedSenders = List.copyOf(allowedSenders);
    if (role == PeerRole.GUEST && namespaces.isEmpty()) {
      throw new InvalidSetting(
          "peer.namespaces",
          "the guest peer %s needs namespaces, such as [\"team/x/**\"] or [\"*\"]".formatted(url));
    }
    if (role == PeerRole.GUEST && id == null) {
      throw new InvalidSetting(
          "peer.id",
          "the guest peer %s needs its id, or until it was reached it could pass for a replica"
              .formatted(url));
    }
    if (role == PeerRole.REPLICA && !namespaces.isEmpty()) {
      throw new InvalidSetting(
          "peer.namespaces",
          "the peer %s is a replica and holds everything; only a guest has namespaces"
              .formatted(url));
    }
    if (id != null) NodeName.check("peer.id", id);
    if (apiKey != null) ApiKeyRule.check("peer.api-key", apiKey);
    for (var sender : allowedSenders) NodeName.check("peer.allowed-senders", sender);
  }

  /// A replica of which only the address is known.
  public static PeerSettings replica(URI url) {
    return new PeerSettings(url, PeerRole.REPLICA, List.of(), null, null, List.of());
  }

  static PeerSettings of(PeerTable table) {
    var url = table.text("url");
    if (url == null) throw new InvalidSetting("peer.url", "a [[peer]] has no url");
    var key = table.text("api-key");
    return new PeerSettings(
        PeerUrl.normalised("peer.url", url),
        role(table.text("role")),
        patterns(table.list("namespaces")),
        table.text("id"),
        key == null ? null : new Secret(key),
        table.list("allowed-senders"));
  }

  private static PeerRole role(@Nullable String text) {
    return switch (text) {
      case null -> PeerRole.REPLICA;
      case "replica" -> PeerRole.REPLICA;
      case "guest" -> PeerRole.GUEST;
      default ->
          throw new InvalidSetting(
              "peer.role", "peer.role must be replica or guest: " + Rules.quote(text));
    };
  }

  private static List<NamespacePattern> patterns(List<String> texts) {
    var patterns = new ArrayList<NamespacePattern>();
    for (var text : texts) {
      try {
        patterns.add(new NamespacePattern(text));
      } catch (Invalid e) {
        throw new InvalidSetting(
            "peer.namespaces",
            "peer.namespaces has %s, which is no namespace pattern: %s"
                .formatted(Rules.quote(text), e.getMessage()));
      }
    }
    return patterns;
  }
}
