package dev.quorate.identity;

import dev.quorate.failure.NodeFailure;
import dev.quorate.settings.NodeName;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What a node is called in stamps and by its peers: the name that is set, else the one it took
/// when it first started, `host:<host name>-<4 hex digits of its key>`, which stays even if the
/// host is renamed.
public final class NodeId {
  private static final String FILE = "node-id";
  private static final int HOST_CHARACTERS_MAX = 64;

  private NodeId() {}

  /// The id of the node of a data directory; empty if it has not chosen one yet.
  ///
  /// @param set the id from the settings
  /// @throws NodeFailure if the file with it cannot be read
  public static Optional<String> find(Path data, @Nullable String set) {
    if (set != null) return Optional.of(set);
    var file = data.resolve(FILE);
    try {
      var id = Files.readString(file).strip();
      if (id.isEmpty()) return Optional.empty();
      if (NodeName.isName(id)) return Optional.of(id);
      throw new NodeFailure("the file %s does not hold a node id".formatted(file));
    } catch (NoSuchFileException _) {
      return Optional.empty();
    } catch (IOException e) {
      throw failure(file, e);
    }
  }

  /// The id, chosen and durable if there was none. The caller holds the directory's lock.
  ///
  /// @throws NodeFailure if the file with it cannot be read or written
  public static String findOrChoose(Path data, @Nullable String set, PublicKey key) {
    var known = find(data, set);
    if (known.isPresent()) return known.get();
    var chosen = "host:" + hostName() + "-" + key.shortHex();
    var file = data.resolve(FILE);
    try {
      DurableFile.write(file, (chosen + "\n").getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw failure(file, e);
    }
    return chosen;
  }

  private static String hostName() {
    try {
      var name = InetAddress.getLocalHost().getHostName().toLowerCase(Locale.ROOT);
      var plain = name.replaceAll("[^a-z0-9-]", "-");
      return plain.substring(0, Math.min(plain.length(), HOST_CHARACTERS_MAX));
    } catch (UnknownHostException _) {
      return "unknown";
    }
  }

  private static NodeFailure failure(Path file, IOException e) {
    return new NodeFailure(
        "the file %s cannot be read or written: %s".formatted(file, e.getMessage()), e);
  }
}
