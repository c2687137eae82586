package dev.quorate.cli;

import dev.quorate.identity.OutboundTls;
import dev.quorate.identity.PublicKey;
import dev.quorate.settings.NodeName;
import dev.quorate.settings.TlsSettings;
import java.net.URI;

/// Who a node says it is.
record PeerIdentity(String node, PublicKey key) {
  /// Asks a node over HTTP.
  static PeerIdentity ask(URI node, TlsSettings tls) {
    var context = node.getScheme().equals("https") ? OutboundTls.context(tls) : null;
    try (var client = new Client(node, null, null, context)) {
      var answer = client.get(Target.of("sync", "identity")).json();
      var id = answer.path("node").asString("");
      var key = PublicKey.parse(answer.path("public_key").asString(""));
      if (!NodeName.isName(id) || key.isEmpty()) {
        throw CommandFailure.failed(
            "%s did not say who it is; is it a Quorate node?".formatted(node));
      }
      return new PeerIdentity(id, key.get());
    }
  }
}
