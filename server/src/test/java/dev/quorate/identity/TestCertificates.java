package dev.quorate.identity;

import java.io.IOException;
import java.io.Writer;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.HexFormat;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/// An authority of a test and the certificates that it issues, as PEM files in a folder.
public final class TestCertificates {
  private static final Duration LIFE = Duration.ofDays(1);

  private final Path folder;
  private final KeyPair keys;
  private final X509Certificate certificate;
  private final X500Name name;
  private long serial = 1;

  /// Makes an authority whose certificate is `<name>.pem` in the folder.
  public TestCertificates(Path folder, String name) {
    this.folder = folder;
    this.keys = keyPair("EC");
    this.name = new X500Name("CN=" + name);
    this.certificate = certify(this.name, keys, true);
    write(ca(), certificate);
  }

  /// A certificate and its key.
  public record Issued(Path cert, Path key, X509Certificate certificate) {
    /// SHA-256 in lower-case hexadecimal.
    public String fingerprint() {
      try {
        var digest = MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded());
        return HexFormat.of().formatHex(digest);
      } catch (GeneralSecurityException e) {
        throw new AssertionError(e);
      }
    }
  }

  /// The certificate of the authority.
  public Path ca() {
    return folder.resolve(name.toString().substring("CN=".length()) + ".pem");
  }

  /// A certificate for this machine.
  ///
  /// @param algorithm of its key: `EC`, `RSA`, `Ed25519`
  public Issued issue(String subject, String algorithm) {
    var pair = keyPair(algorithm);
    var issued =
        new Issued(
            folder.resolve(subject + ".pem"),
            folder.resolve(subject + "-key.pem"),
            certify(new X500Name("CN=" + subject), pair, false));
    write(issued.cert(), issued.certificate());
    writePkcs8(issued.key(), pair.getPrivate());
    return issued;
  }

  private X509Certificate certify(X500Name subject, KeyPair pair, boolean isAuthority) {
    try {
      var now = Instant.now();
      var builder =
          new JcaX509v3CertificateBuilder(
              name,
              BigInteger.valueOf(serial++),
              Date.from(now.minus(LIFE)),
              Date.from(now.plus(LIFE)),
              subject,
              pair.getPublic());
      builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(isAuthority));
      var names =
          new GeneralName[] {
            new GeneralName(GeneralName.iPAddress, "127.0.0.1"),
            new GeneralName(GeneralName.dNSName, "localhost")
          };
      builder.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(names));
      var signer = new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate());
      return new JcaX509CertificateConverter().getCertificate(builder.build(signer));
    } catch (GeneralSecurityException | OperatorCreationException | IOException e) {
      throw new AssertionError(e);
    }
  }

  private static KeyPair keyPair(String algorithm) {
    try {
      var generator = KeyPairGenerator.getInstance(algorithm);
      switch (algorithm) {
        case "EC" -> generator.initialize(256);
        case "RSA" -> generator.initialize(2_048);
        default -> {}
      }
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  static void writePkcs8(Path file, PrivateKey key) {
    try {
      write(file, new JcaPKCS8Generator(key, null));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  static void write(Path file, Object certificateOrKey) {
    try (Writer out = Files.newBufferedWriter(file);
        var pem = new JcaPEMWriter(out)) {
      pem.writeObject(certificateOrKey);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
