package dev.quorate.settings;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// What a command needs that works on a data directory without a node.
///
/// @param data the directory, absolute
/// @param nodeId the id that is set; absent to let the node choose
public record LocalSettings(Path data, @Nullable String nodeId, TlsSettings tls) {
  public LocalSettings {
    if (nodeId != null) NodeName.check("node-id", nodeId);
  }
}
