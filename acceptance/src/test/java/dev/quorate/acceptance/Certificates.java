package dev.quorate.acceptance;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/// An authority of a test and the certificates for this machine that it issues, as PEM files in a
/// folder. The JDK's `keytool` makes them.
final class Certificates {
  private static final String PASSWORD = "changeit";

  private final Path folder;
  private final Path store;

  Certificates(Path folder) throws Exception {
    this.folder = folder;
    this.store = folder.resolve("certificates.p12");
    make("authority", "-ext", "bc:c");
    writeCertificate("authority");
  }

  Path authority() {
    return cert("authority");
  }

  Path cert(String name) {
    return folder.resolve(name + ".pem");
  }

  Path key(String name) {
    return folder.resolve(name + "-key.pem");
  }

  /// Makes a key and a certificate for it.
  void issue(String name) throws Exception {
    issue(name, "san=ip:127.0.0.1,dns:localhost");
  }

  /// The same for whatever it says that it is for.
  ///
  /// @param more further arguments of `keytool`
  void issue(String name, String names, String... more) throws Exception {
    var all = new ArrayList<>(List.of("-signer", "authority", "-ext", names));
    all.addAll(List.of(more));
    make(name, all.toArray(String[]::new));
    writeCertificate(name);
    var key = opened().getKey(name, PASSWORD.toCharArray());
    Files.writeString(key(name), pem("PRIVATE KEY", key.getEncoded()));
  }

  /// What a server needs to show a certificate.
  SSLContext tls(String name) throws Exception {
    var alone = KeyStore.getInstance("PKCS12");
    alone.load(null, null);
    var password = PASSWORD.toCharArray();
    var chain = opened().getCertificateChain(name);
    alone.setKeyEntry(name, opened().getKey(name, password), password, chain);
    var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(alone, password);
    var tls = SSLContext.getInstance("TLS");
    tls.init(keys.getKeyManagers(), null, null);
    return tls;
  }

  /// Options of a JVM that is to trust this authority and nobody else.
  String trusting() throws Exception {
    var file = folder.resolve("trusted.p12");
    var trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry("authority", opened().getCertificate("authority"));
    try (var out = Files.newOutputStream(file)) {
      trusted.store(out, PASSWORD.toCharArray());
    }
    return "-Djavax.net.ssl.trustStore=%s -Djavax.net.ssl.trustStorePassword=%s"
        .formatted(file, PASSWORD);
  }

  private void make(String alias, String... more) throws Exception {
    var keytool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
    var command = new ArrayList<>(List.of(keytool, "-genkeypair", "-alias", alias));
    command.addAll(List.of("-keyalg", "EC", "-dname", "CN=" + alias, "-validity", "2"));
    command.addAll(List.of("-storetype", "PKCS12", "-keystore", store.toString()));
    command.addAll(List.of("-storepass", PASSWORD));
    command.addAll(List.of(more));
    var process = new ProcessBuilder(command).redirectErrorStream(true).start();
    var said = new String(process.getInputStream().readAllBytes(), US_ASCII);
    assertThat(process.waitFor()).as(said).isZero();
  }

  private KeyStore opened() throws Exception {
    return KeyStore.getInstance(store.toFile(), PASSWORD.toCharArray());
  }

  private void writeCertificate(String alias) throws Exception {
    var certificate = opened().getCertificate(alias);
    Files.writeString(cert(alias), pem("CERTIFICATE", certificate.getEncoded()));
  }

  private static String pem(String what, byte[] bytes) {
    var lines = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes);
    return "-----BEGIN %s-----%n%s%n-----END %s-----%n".formatted(what, lines, what);
  }
}
