package dev.quorate.identity;

import dev.quorate.failure.NodeFailure;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.List;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.pkcs.RSAPrivateKey;
import org.bouncycastle.asn1.sec.ECPrivateKey;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.util.io.pem.PemObject;
import org.bouncycastle.util.io.pem.PemReader;
import org.jspecify.annotations.Nullable;

/// Certificates and private keys in PEM, as OpenSSL and certificate authorities write them.
final class PemFile {
  /// RFC 8410.
  private static final ASN1ObjectIdentifier ED25519 = new ASN1ObjectIdentifier("1.3.101.112");

  private PemFile() {}

  /// The certificates of a file in their order, at least one.
  ///
  /// @param setting what named the file, for messages
  /// @throws NodeFailure if it cannot be read or holds none
  static List<X509Certificate> certificates(Path file, String setting) {
    try (var in = Files.newInputStream(file)) {
      var found =
          CertificateFactory.getInstance("X.509").generateCertificates(in).stream()
              .map(X509Certificate.class::cast)
              .toList();
      if (found.isEmpty()) throw wrong(file, setting, "has no certificate in PEM");
      return found;
    } catch (CertificateException _) {
      throw wrong(file, setting, "has no certificate in PEM");
    } catch (IOException e) {
      throw unreadable(file, setting, e);
    }
  }

  /// The private key of a file: RSA, elliptic curve or Ed25519, in PKCS#8 or the older forms, not
  /// encrypted.
  ///
  /// @param setting what named the file, for messages
  /// @throws NodeFailure if it cannot be read or holds none
  static PrivateKey privateKey(Path file, String setting) {
    try (var in = Files.newBufferedReader(file)) {
      var info = keyInfo(in);
      if (info == null) throw wrong(file, setting, "has no private key in PEM");
      var name = factoryName(info.getPrivateKeyAlgorithm().getAlgorithm());
      return KeyFactory.getInstance(name)
          .generatePrivate(new PKCS8EncodedKeySpec(info.getEncoded()));
    } catch (EncryptedKey _) {
      throw wrong(file, setting, "is encrypted; a node needs a key that it can read by itself");
    } catch (GeneralSecurityException | IllegalArgumentException _) {
      throw wrong(
          file, setting, "has a private key that is neither RSA, elliptic curve nor Ed25519");
    } catch (IOException e) {
      throw unreadable(file, setting, e);
    }
  }

  private static final class EncryptedKey extends IOException {
    private static final long serialVersionUID = 1L;
  }

  /// The first private key; other things may stand in front of it, such as curve parameters.
  private static @Nullable PrivateKeyInfo keyInfo(BufferedReader in) throws IOException {
    var reader = new PemReader(in);
    for (var pem = reader.readPemObject(); pem != null; pem = reader.readPemObject()) {
      var content = pem.getContent();
      switch (pem.getType()) {
        case "PRIVATE KEY" -> {
          return PrivateKeyInfo.getInstance(content);
        }
        case "RSA PRIVATE KEY" -> {
          if (isEncrypted(pem)) throw new EncryptedKey();
          var algorithm =
              new AlgorithmIdentifier(PKCSObjectIdentifiers.rsaEncryption, DERNull.INSTANCE);
          return new PrivateKeyInfo(algorithm, RSAPrivateKey.getInstance(content));
        }
        case "EC PRIVATE KEY" -> {
          if (isEncrypted(pem)) throw new EncryptedKey();
          var key = ECPrivateKey.getInstance(content);
          var curve = key.getParametersObject();
          var algorithm = new AlgorithmIdentifier(X9ObjectIdentifiers.id_ecPublicKey, curve);
          return new PrivateKeyInfo(algorithm, key);
        }
        case "ENCRYPTED PRIVATE KEY" -> throw new EncryptedKey();
        default -> {}
      }
    }
    return null;
  }

  private static boolean isEncrypted(PemObject pem) {
    // The older forms say so in a header, "Proc-Type: 4,ENCRYPTED".
    return !pem.getHeaders().isEmpty();
  }

  private static String factoryName(ASN1ObjectIdentifier algorithm) {
    if (algorithm.equals(PKCSObjectIdentifiers.rsaEncryption)) return "RSA";
    if (algorithm.equals(X9ObjectIdentifiers.id_ecPublicKey)) return "EC";
    if (algorithm.equals(ED25519)) return "Ed25519";
    throw new IllegalArgumentException(algorithm.getId());
  }

  private static NodeFailure wrong(Path file, String setting, String what) {
    return new NodeFailure("the file %s (%s) %s".formatted(file, setting, what));
  }

  private static NodeFailure unreadable(Path file, String setting, IOException e) {
    var reason = e instanceof NoSuchFileException ? "there is none" : e.getMessage();
    return new NodeFailure(
        "the file %s (%s) cannot be read: %s".formatted(file, setting, reason), e);
  }
}
