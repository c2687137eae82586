package dev.quorate.http.transport.key;

import dev.quorate.failure.NodeFailure;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// The file of API key hashes: one `sha256:<hex> <name>` a line, `#` starts a comment. It is
/// written with mode 0600 and replaced as a whole, so that a reader or a crash never meets half of
/// it.
public final class KeyFile {
  private static final String HEAD = "# API keys, as hashes: sha256:<hex> <name>";

  private final Path path;

  public KeyFile(Path path) {
    this.path = path;
  }

  /// All keys of the file; none if there is no file.
  ///
  /// @throws NodeFailure if the file cannot be read or a line of it is not a key
  public List<NamedKey> keys() {
    var keys = new ArrayList<NamedKey>();
    var number = 0;
    for (var line : lines()) {
      number++;
      var text = line.strip();
      if (text.isEmpty() || text.startsWith("#")) continue;
      var key = NamedKey.parse(text);
      if (key == null) {
        throw new NodeFailure(
            "line " + number + " of the key file " + path + " is not sha256:<hex> <name>");
      }
      keys.add(key);
    }
    return List.copyOf(keys);
  }

  public Set<KeyHash> hashes() {
    return keys().stream().map(NamedKey::hash).collect(Collectors.toUnmodifiableSet());
  }

  /// Adds a key; on return it is durable. Comments and order are kept.
  ///
  /// @throws NodeFailure if the name is taken or the file cannot be written
  public void add(NamedKey key) {
    if (keys().stream().anyMatch(known -> known.name().equals(key.name()))) {
      throw new NodeFailure("the key file " + path + " has a key of this name: " + key.name());
    }
    var lines = new ArrayList<>(lines());
    if (lines.isEmpty()) lines.add(HEAD);
    lines.add(key.line());
    replace(String.join("\n", lines) + "\n");
  }

  private List<String> lines() {
    try {
      return Files.readAllLines(path, StandardCharsets.UTF_8);
    } catch (NoSuchFileException e) {
      return List.of();
    } catch (IOException e) {
      throw new NodeFailure("the key file " + path + " cannot be read: " + e.getMessage(), e);
    }
  }

  private void replace(String text) {
    try {
      var folder = path.toAbsolutePath().getParent();
      if (folder == null) throw new IOException("it is a folder");
      // A temporary file is made with mode 0600; said again for file systems that differ.
      var fresh = Files.createTempFile(folder, path.getFileName().toString(), ".new");
      try {
        Files.setPosixFilePermissions(fresh, PosixFilePermissions.fromString("rw-------"));
        Files.writeString(fresh, text);
        sync(fresh);
        Files.move(fresh, path, StandardCopyOption.ATOMIC_MOVE);
        sync(folder);
      } finally {
        Files.deleteIfExists(fresh);
      }
    } catch (IOException e) {
      throw new NodeFailure("the key file " + path + " cannot be written: " + e.getMessage(), e);
    }
  }

  private static void sync(Path fileOrFolder) throws IOException {
    try (var channel = FileChannel.open(fileOrFolder, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }
}
