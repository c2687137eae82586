package dev.quorate.identity;

import dev.quorate.failure.NodeFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.Set;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.math.ec.rfc8032.Ed25519;

/// The private Ed25519 key of this node, kept as its 32 seed bytes in `keys/node.key` of the data
/// directory. Immutable and thread-safe; never shows the seed.
public final class NodeKey {
  private static final int SEED_BYTES = 32;

  private final Ed25519PrivateKeyParameters secret;
  private final PublicKey publicKey;

  private NodeKey(byte[] seed) {
    this.secret = new Ed25519PrivateKeyParameters(seed);
    this.publicKey = PublicKey.of(secret.generatePublicKey().getEncoded()).orElseThrow();
  }

  /// Where the key of a data directory lies.
  public static Path file(Path data) {
    return data.resolve("keys").resolve("node.key");
  }

  /// The key of a data directory; empty if it has none yet.
  ///
  /// @throws NodeFailure if the file cannot be read, has not 32 bytes, or others may read it
  public static Optional<NodeKey> find(Path data) {
    var file = file(data);
    try {
      var permissions = Files.getPosixFilePermissions(file);
      var owners = PosixFilePermissions.fromString("rwx------").containsAll(permissions);
      if (!owners) {
        throw new NodeFailure(
            "the node key %s must be readable by its owner only, but its mode is %s: run chmod 600 on it"
                .formatted(file, mode(permissions)));
      }
      var seed = Files.readAllBytes(file);
      if (seed.length != SEED_BYTES) {
        throw new NodeFailure(
            "the node key %s must have %d bytes: %d".formatted(file, SEED_BYTES, seed.length));
      }
      return Optional.of(new NodeKey(seed));
    } catch (NoSuchFileException _) {
      return Optional.empty();
    } catch (IOException e) {
      throw new NodeFailure(
          "the node key %s cannot be read: %s".formatted(file, e.getMessage()), e);
    }
  }

  /// The key of a data directory, made and durable if there was none. The caller holds the
  /// directory's lock, so that no two keys are made.
  ///
  /// @throws NodeFailure as [#find], or if the key cannot be written
  public static NodeKey findOrMake(Path data) {
    var known = find(data);
    if (known.isPresent()) return known.get();
    var seed = new byte[SEED_BYTES];
    new SecureRandom().nextBytes(seed);
    try {
      DurableFile.write(file(data), seed);
    } catch (IOException e) {
      throw new NodeFailure(
          "the node key %s cannot be written: %s".formatted(file(data), e.getMessage()), e);
    }
    return new NodeKey(seed);
  }

  public PublicKey publicKey() {
    return publicKey;
  }

  /// The signature over the message, 64 bytes.
  public byte[] sign(byte[] message) {
    var signature = new byte[Ed25519.SIGNATURE_SIZE];
    secret.sign(Ed25519.Algorithm.Ed25519, null, message, 0, message.length, signature, 0);
    return signature;
  }

  private static String mode(Set<PosixFilePermission> permissions) {
    return PosixFilePermissions.toString(permissions);
  }

  @Override
  public String toString() {
    return "private key of " + publicKey;
  }
}
