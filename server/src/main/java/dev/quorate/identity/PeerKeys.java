package dev.quorate.identity;

import dev.quorate.failure.NodeFailure;
import dev.quorate.settings.NodeName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/// The public keys that peers are known by: one file `keys/peers/<peer id>.pub` each in the data
/// directory, 32 raw bytes. Thread-safe.
///
/// The file is read at every look-up, which costs little beside a verification, so that an
/// enrolment and its withdrawal count at once; only the decoded point is kept.
public final class PeerKeys {
  private static final String SUFFIX = ".pub";
  private static final int FILE_NAME_BYTES_MAX = 255;

  private final Path folder;
  private final Map<String, PublicKey> decoded = new ConcurrentHashMap<>();

  public PeerKeys(Path data) {
    this.folder = data.resolve("keys").resolve("peers");
  }

  /// The key of a peer; empty if none is enrolled, or the id is none that a peer can have.
  ///
  /// @throws NodeFailure if there is a file for it that is no key: such a peer is neither known nor
  ///   unknown, and must not be taken for the latter
  public Optional<PublicKey> find(String peerId) {
    if (!isStorable(peerId)) return Optional.empty();
    byte[] raw;
    try {
      raw = Files.readAllBytes(file(peerId));
    } catch (NoSuchFileException _) {
      decoded.remove(peerId);
      return Optional.empty();
    } catch (IOException e) {
      throw new NodeFailure(
          "the key file %s cannot be read: %s".formatted(file(peerId), e.getMessage()), e);
    }
    var known = decoded.get(peerId);
    if (known != null && known.hasBytes(raw)) return Optional.of(known);
    var key =
        PublicKey.of(raw)
            .orElseThrow(() ->
                new NodeFailure(
                    "the key file %s is not the %d bytes of an Ed25519 public key"
                        .formatted(file(peerId), PublicKey.BYTES)));
    decoded.put(peerId, key);
    return Optional.of(key);
  }

  /// All enrolled keys by peer id.
  ///
  /// @throws NodeFailure if a file cannot be read or is no key
  public SortedMap<String, PublicKey> all() {
    var keys = new TreeMap<String, PublicKey>();
    try (var files = Files.newDirectoryStream(folder, "*" + SUFFIX)) {
      for (var file : files) {
        var name = file.getFileName().toString();
        var id = decode(name.substring(0, name.length() - SUFFIX.length()));
        if (!isStorable(id)) {
          throw new NodeFailure("the key file %s is not named like a peer".formatted(file));
        }
        find(id).ifPresent(key -> keys.put(id, key));
      }
    } catch (NoSuchFileException _) {
      return Collections.emptySortedMap();
    } catch (IOException e) {
      throw new NodeFailure(
          "the folder %s cannot be read: %s".formatted(folder, e.getMessage()), e);
    }
    return keys;
  }

  /// Enrols the key of a peer; on return it is durable and counts. Another key for a known peer is
  /// refused unless it may replace the old one.
  ///
  /// @throws NodeFailure if the id cannot be that of a peer, or the file cannot be written
  public Enrolment enrol(String peerId, PublicKey key, boolean mayReplace) {
    if (!isStorable(peerId)) {
      throw new NodeFailure(
          "a peer id is 1..128 letters, digits or _:@./- without .. and without / in front: '%s'"
              .formatted(peerId));
    }
    var known = find(peerId);
    if (known.isPresent() && known.get().equals(key)) return Enrolment.UNCHANGED;
    if (known.isPresent() && !mayReplace) return Enrolment.REFUSED;
    try {
      DurableFile.write(file(peerId), key.bytes());
    } catch (IOException e) {
      throw new NodeFailure(
          "the key file %s cannot be written: %s".formatted(file(peerId), e.getMessage()), e);
    }
    return known.isPresent() ? Enrolment.REPLACED : Enrolment.ADDED;
  }

  /// Withdraws the key of a peer, durably. Returns whether there was one.
  ///
  /// @throws NodeFailure if the file cannot be deleted
  public boolean forget(String peerId) {
    if (!isStorable(peerId)) return false;
    try {
      return DurableFile.delete(file(peerId));
    } catch (IOException e) {
      throw new NodeFailure(
          "the key file %s cannot be deleted: %s".formatted(file(peerId), e.getMessage()), e);
    }
  }

  private Path file(String peerId) {
    return folder.resolve(encode(peerId) + SUFFIX);
  }

  private static boolean isStorable(String peerId) {
    return NodeName.isName(peerId)
        && encode(peerId).length() + SUFFIX.length() <= FILE_NAME_BYTES_MAX;
  }

  /// A slash is the only character of an id that a file name cannot have; an id has no `%`.
  private static String encode(String peerId) {
    return peerId.replace("/", "%2F");
  }

  private static String decode(String name) {
    return name.replace("%2F", "/");
  }
}
