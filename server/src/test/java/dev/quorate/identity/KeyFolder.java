package dev.quorate.identity;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HexFormat;

/// Makes the keys of a data directory out of known seeds.
final class KeyFolder {
  private KeyFolder() {}

  static NodeKey keyOf(Path data, String seedHex) {
    return keyOf(data, HexFormat.of().parseHex(seedHex));
  }

  static NodeKey keyOf(Path data, byte[] seed) {
    try {
      var file = NodeKey.file(data);
      Files.createDirectories(file.getParent());
      Files.write(file, seed);
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
      return NodeKey.find(data).orElseThrow();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
