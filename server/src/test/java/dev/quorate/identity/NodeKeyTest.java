package dev.quorate.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quorate.failure.NodeFailure;
import dev.quorate.seeds.EachSeed;
import dev.quorate.seeds.Seeds;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.EdECPoint;
import java.security.spec.EdECPublicKeySpec;
import java.security.spec.NamedParameterSpec;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NodeKeyTest {
  private static final HexFormat HEX = HexFormat.of();

  @TempDir Path data;

  /// RFC 8032, section 7.1.
  @ParameterizedTest
  @CsvSource({
    "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60, d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a, '', e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
    "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb, 3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c, 72, 92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
    "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7, fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025, af82, 6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a"
  })
  void theStandardsVectorsHold(String seed, String publicKey, String message, String signature) {
    var key = KeyFolder.keyOf(data, seed);
    assertThat(HEX.formatHex(key.publicKey().bytes())).isEqualTo(publicKey);
    assertThat(HEX.formatHex(key.sign(HEX.parseHex(message)))).isEqualTo(signature);
    assertThat(key.publicKey().verifies(HEX.parseHex(message), HEX.parseHex(signature))).isTrue();
  }

  @EachSeed
  void theJdkVerifiesWhatIsSigned(long seed) {
    Seeds.check(
        seed,
        chance -> {
          var key = KeyFolder.keyOf(data, chance.bytes(32));
          var message = chance.bytes(chance.below(300));
          var signature = key.sign(message);
          assertThat(jdkVerifies(key.publicKey(), message, signature)).isTrue();
          assertThat(key.publicKey().verifies(message, signature)).isTrue();
          signature[chance.below(64)] ^= (byte) (1 << chance.below(8));
          assertThat(key.publicKey().verifies(message, signature)).isFalse();
        });
  }

  private static boolean jdkVerifies(PublicKey key, byte[] message, byte[] signature) {
    var reversed = key.bytes();
    for (var i = 0; i < 16; i++) {
      var swapped = reversed[i];
      reversed[i] = reversed[31 - i];
      reversed[31 - i] = swapped;
    }
    var isXOdd = (reversed[0] & 0x80) != 0;
    reversed[0] &= 0x7f;
    try {
      var point = new EdECPoint(isXOdd, new BigInteger(1, reversed));
      var spec = new EdECPublicKeySpec(NamedParameterSpec.ED25519, point);
      var verifier = Signature.getInstance("Ed25519");
      verifier.initVerify(KeyFactory.getInstance("Ed25519").generatePublic(spec));
      verifier.update(message);
      return verifier.verify(signature);
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void theKeyIsMadeOnceAndStays() throws IOException {
    assertThat(NodeKey.find(data)).isEmpty();
    var made = NodeKey.findOrMake(data);
    assertThat(NodeKey.findOrMake(data).publicKey()).isEqualTo(made.publicKey());
    assertThat(NodeKey.find(data).orElseThrow().publicKey()).isEqualTo(made.publicKey());
    assertThat(Files.size(NodeKey.file(data))).isEqualTo(32);
    assertThat(mode(NodeKey.file(data))).isEqualTo("rw-------");
    assertThat(mode(data.resolve("keys"))).isEqualTo("rwx------");
    try (var files = Files.list(data.resolve("keys"))) {
      assertThat(files).containsExactly(NodeKey.file(data));
    }
  }

  @Test
  void twoDirectoriesHaveTwoKeys() {
    assertThat(NodeKey.findOrMake(data.resolve("a")).publicKey())
        .isNotEqualTo(NodeKey.findOrMake(data.resolve("b")).publicKey());
  }

  @ParameterizedTest
  @ValueSource(strings = {"rw-r-----", "rw----r--", "rw--w----", "rwx--x---"})
  void aKeyThatOthersCouldUseIsRefused(String mode) throws IOException {
    NodeKey.findOrMake(data);
    var file = NodeKey.file(data);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
    assertThatThrownBy(() -> NodeKey.find(data))
        .isInstanceOf(NodeFailure.class)
        .hasMessage(
            "the node key %s must be readable by its owner only, but its mode is %s: run chmod 600 on it"
                .formatted(file, mode));
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r--------"));
    assertThat(NodeKey.find(data)).isPresent();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 31, 33, 64})
  void aKeyOfAnotherLengthIsRefused(int bytes) {
    assertThatThrownBy(() -> KeyFolder.keyOf(data, new byte[bytes]))
        .isInstanceOf(NodeFailure.class)
        .hasMessage("the node key %s must have 32 bytes: %d".formatted(NodeKey.file(data), bytes));
  }

  @Test
  void theSecretNeverShows() throws IOException {
    var key = NodeKey.findOrMake(data);
    var seed = HEX.formatHex(Files.readAllBytes(NodeKey.file(data)));
    assertThat(key.toString()).isEqualTo("private key of " + key.publicKey().text());
    assertThat(key.toString()).doesNotContain(seed);
  }

  @Test
  void aNodeIsNamedAfterItsHostAndKeyAndKeepsTheName() throws IOException {
    var key = KeyFolder.keyOf(data, HEX.parseHex("00".repeat(32))).publicKey();
    assertThat(NodeId.find(data, null)).isEmpty();
    var id = NodeId.findOrChoose(data, null, key);
    assertThat(id).matches("host:[a-z0-9-]{1,64}-3b6a");
    assertThat(NodeId.find(data, null)).contains(id);
    assertThat(NodeId.find(data, "host:set")).contains("host:set");
    assertThat(NodeId.findOrChoose(data, "host:set", key)).isEqualTo("host:set");

    Files.writeString(data.resolve("node-id"), "host:older-77aa\n");
    assertThat(NodeId.findOrChoose(data, null, key)).isEqualTo("host:older-77aa");
    Files.writeString(data.resolve("node-id"), "no name\n");
    assertThatThrownBy(() -> NodeId.find(data, null))
        .isInstanceOf(NodeFailure.class)
        .hasMessage("the file %s does not hold a node id".formatted(data.resolve("node-id")));
  }

  private static String mode(Path file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }
}
