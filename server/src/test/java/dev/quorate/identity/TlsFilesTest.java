package dev.quorate.identity;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quorate.failure.NodeFailure;
import dev.quorate.settings.TlsSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.interfaces.ECPrivateKey;
import java.util.Base64;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.util.io.pem.PemObject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TlsFilesTest {
  @TempDir Path folder;
  private TestCertificates authority;

  @BeforeEach
  void makeAuthority() {
    authority = new TestCertificates(folder, "authority");
  }

  @ParameterizedTest
  @ValueSource(strings = {"RSA", "EC", "Ed25519"})
  void aKeyIsReadInPkcs8(String algorithm) throws IOException {
    var issued = authority.issue("server", algorithm);
    assertThat(Files.readString(issued.key())).startsWith("-----BEGIN PRIVATE KEY-----");
    assertThat(InboundTls.context(server(issued))).isPresent();
  }

  @ParameterizedTest
  @ValueSource(strings = {"RSA", "EC"})
  void aKeyIsReadInTheOlderForm(String algorithm) throws IOException {
    var issued = authority.issue("server", algorithm);
    var key = PemFile.privateKey(issued.key(), "tls.key");
    writeOlder(issued.key(), key);
    assertThat(Files.readString(issued.key()))
        .startsWith("-----BEGIN " + algorithm + " PRIVATE KEY-----");
    assertThat(InboundTls.context(server(issued))).isPresent();
  }

  /// As OpenSSL does, with the curve inside of an elliptic key.
  private static void writeOlder(Path file, PrivateKey key) throws IOException {
    Object written = key;
    if (key instanceof ECPrivateKey elliptic) {
      var curve = SECObjectIdentifiers.secp256r1;
      var inner = new org.bouncycastle.asn1.sec.ECPrivateKey(256, elliptic.getS(), curve);
      written = new PemObject("EC PRIVATE KEY", inner.getEncoded());
    }
    TestCertificates.write(file, written);
  }

  @Test
  void whatStandsInFrontOfAKeyIsSkipped() throws IOException {
    var issued = authority.issue("server", "EC");
    var parameters =
        "-----BEGIN EC PARAMETERS-----\nBggqhkjOPQMBBw==\n-----END EC PARAMETERS-----\n";
    writeOlder(issued.key(), PemFile.privateKey(issued.key(), "tls.key"));
    Files.writeString(issued.key(), parameters + Files.readString(issued.key()));
    assertThat(InboundTls.context(server(issued))).isPresent();
  }

  @Test
  void withoutACertificateThereIsNoTls() {
    assertThat(InboundTls.context(TlsSettings.DEFAULT)).isEmpty();
  }

  @Test
  void aKeyOfAnotherCertificateIsRefused() {
    var issued = authority.issue("server", "EC");
    for (var algorithm : new String[] {"EC", "RSA"}) {
      var other = authority.issue("other", algorithm);
      var mixed = new TlsSettings(issued.cert(), other.key(), null, null, null, null);
      assertThatThrownBy(() -> InboundTls.context(mixed))
          .isInstanceOf(NodeFailure.class)
          .hasMessage(
              "the key in %s (tls.key) does not belong to the certificate in %s (tls.cert)"
                  .formatted(other.key(), issued.cert()));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "hello", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"})
  void aFileWithoutACertificateIsTold(String text) throws IOException {
    var issued = authority.issue("server", "EC");
    Files.writeString(issued.cert(), text);
    assertThatThrownBy(() -> InboundTls.context(server(issued)))
        .isInstanceOf(NodeFailure.class)
        .hasMessage("the file %s (tls.cert) has no certificate in PEM".formatted(issued.cert()));
  }

  @Test
  void aFileWithoutAKeyIsToldAndNeverShown() throws IOException {
    var issued = authority.issue("server", "EC");
    var secret = Base64.getEncoder().encodeToString("not a key at all".getBytes(UTF_8));
    for (var type : new String[] {"PRIVATE KEY", "EC PRIVATE KEY", "RSA PRIVATE KEY"}) {
      Files.writeString(
          issued.key(), "-----BEGIN %s-----\n%s\n-----END %s-----\n".formatted(type, secret, type));
      assertThatThrownBy(() -> InboundTls.context(server(issued)))
          .isInstanceOf(NodeFailure.class)
          .hasMessageStartingWith("the file %s (tls.key) ".formatted(issued.key()))
          .message()
          .doesNotContain("not a key", secret);
    }
    Files.writeString(issued.key(), "nothing");
    assertThatThrownBy(() -> InboundTls.context(server(issued)))
        .hasMessage("the file %s (tls.key) has no private key in PEM".formatted(issued.key()));
    Files.delete(issued.key());
    assertThatThrownBy(() -> InboundTls.context(server(issued)))
        .hasMessage("the file %s (tls.key) cannot be read: there is none".formatted(issued.key()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-----BEGIN ENCRYPTED PRIVATE KEY-----\nAAAA\n-----END ENCRYPTED PRIVATE KEY-----\n",
        "-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,00\n\nAAAA\n-----END RSA PRIVATE KEY-----\n"
      })
  void anEncryptedKeyIsTold(String text) throws IOException {
    var issued = authority.issue("server", "RSA");
    Files.writeString(issued.key(), text);
    assertThatThrownBy(() -> InboundTls.context(server(issued)))
        .hasMessage(
            "the file %s (tls.key) is encrypted; a node needs a key that it can read by itself"
                .formatted(issued.key()));
  }

  @Test
  void aKeyOfAnotherKindIsTold() throws IOException, GeneralSecurityException {
    var issued = authority.issue("server", "EC");
    var other = KeyPairGenerator.getInstance("X25519").generateKeyPair();
    TestCertificates.writePkcs8(issued.key(), other.getPrivate());
    assertThatThrownBy(() -> InboundTls.context(server(issued)))
        .hasMessageEndingWith(
            "(tls.key) has a private key that is neither RSA, elliptic curve nor Ed25519");
  }

  @Test
  void outboundFilesAreToldByTheirSettings() throws IOException {
    var issued = authority.issue("client", "EC");
    OutboundTls.context(TlsSettings.DEFAULT);
    OutboundTls.context(
        new TlsSettings(null, null, null, issued.cert(), issued.key(), authority.ca()));
    Files.writeString(issued.cert(), "");
    var broken = new TlsSettings(null, null, null, issued.cert(), issued.key(), null);
    assertThatThrownBy(() -> OutboundTls.context(broken))
        .hasMessage(
            "the file %s (tls.client-cert) has no certificate in PEM".formatted(issued.cert()));
    var noAuthority = new TlsSettings(null, null, null, null, null, issued.cert());
    assertThatThrownBy(() -> OutboundTls.context(noAuthority))
        .hasMessage("the file %s (tls.ca-cert) has no certificate in PEM".formatted(issued.cert()));
  }

  private static TlsSettings server(TestCertificates.Issued issued) {
    return new TlsSettings(issued.cert(), issued.key(), null, null, null, null);
  }
}
