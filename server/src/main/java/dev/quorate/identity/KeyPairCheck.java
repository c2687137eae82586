package dev.quorate.identity;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.util.Set;

/// Whether a private key belongs to a public one, tried by a signature.
final class KeyPairCheck {
  private static final byte[] SAMPLE = "quorate".getBytes(StandardCharsets.US_ASCII);

  private KeyPairCheck() {}

  static boolean belong(PrivateKey secret, PublicKey open) throws GeneralSecurityException {
    if (!isSameKind(secret.getAlgorithm(), open.getAlgorithm())) return false;
    var algorithm =
        switch (open.getAlgorithm()) {
          case "RSA" -> "SHA256withRSA";
          case "EC" -> "SHA256withECDSA";
          default -> open.getAlgorithm();
        };
    var signer = Signature.getInstance(algorithm);
    signer.initSign(secret);
    signer.update(SAMPLE);
    var signature = signer.sign();
    signer.initVerify(open);
    signer.update(SAMPLE);
    return signer.verify(signature);
  }

  private static boolean isSameKind(String secret, String open) {
    // The JDK calls an Ed25519 key by either name.
    var edwards = Set.of("EdDSA", "Ed25519");
    return secret.equals(open) || (edwards.contains(secret) && edwards.contains(open));
  }
}
