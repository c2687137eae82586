package dev.quorate.localmesh;

import java.net.URI;
import java.nio.file.Path;

/// Where one node of a local mesh lives.
///
/// @param id what it is called
/// @param data its directory
/// @param port on loopback
public record Place(String id, Path data, int port) {
  /// Where it is reached.
  public URI url() {
    return URI.create("http://127.0.0.1:" + port);
  }
}
