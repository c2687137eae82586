package dev.quorate.embedding;

import java.net.URI;

/// Addresses under an address.
final class Paths {
  private Paths() {}

  static URI under(URI base, String path) {
    var text = base.toString();
    return URI.create((text.endsWith("/") ? text : text + "/") + path);
  }
}
