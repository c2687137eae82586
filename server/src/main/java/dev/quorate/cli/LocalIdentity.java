package dev.quorate.cli;

import dev.quorate.identity.NodeId;
import dev.quorate.identity.NodeKey;
import dev.quorate.identity.PublicKey;
import dev.quorate.settings.LocalSettings;
import java.io.IOException;
import java.nio.file.Files;

/// Id and public key of the node of a data directory.
record LocalIdentity(String node, PublicKey key) {
  /// Reads them; makes what there is not yet, which needs the directory for itself.
  static LocalIdentity findOrMake(LocalSettings settings) throws IOException {
    var data = settings.data();
    var key = NodeKey.find(data);
    var id = NodeId.find(data, settings.nodeId());
    if (key.isPresent() && id.isPresent()) {
      return new LocalIdentity(id.get(), key.get().publicKey());
    }
    Files.createDirectories(data);
    try (var _ = DataLock.take(data, "making its key")) {
      var made = NodeKey.findOrMake(data).publicKey();
      return new LocalIdentity(NodeId.findOrChoose(data, settings.nodeId(), made), made);
    }
  }
}
