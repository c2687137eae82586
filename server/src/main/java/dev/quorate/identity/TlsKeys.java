package dev.quorate.identity;

import dev.quorate.failure.NodeFailure;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;

/// A certificate chain with its private key, as a side of a TLS connection shows it.
final class TlsKeys {
  private static final char[] NO_PASSWORD = new char[0];

  private TlsKeys() {}

  /// Reads a pair of files.
  ///
  /// @param table `tls.` and what comes before `cert` and `key`, for messages
  /// @throws NodeFailure if a file cannot be read, or the two do not belong together
  static KeyManager[] read(Path cert, Path key, String table) {
    var chain = PemFile.certificates(cert, table + "cert");
    var privateKey = PemFile.privateKey(key, table + "key");
    var type = chain.getFirst().getPublicKey().getAlgorithm();
    try {
      if (!KeyPairCheck.belong(privateKey, chain.getFirst().getPublicKey())) {
        throw new NodeFailure(
            "the key in %s (%skey) does not belong to the certificate in %s (%scert)"
                .formatted(key, table, cert, table));
      }
      var store = emptyStore();
      store.setKeyEntry("own", privateKey, NO_PASSWORD, chain.toArray(X509Certificate[]::new));
      var factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      factory.init(store, NO_PASSWORD);
      return factory.getKeyManagers();
    } catch (GeneralSecurityException e) {
      throw new NodeFailure(
          "the certificate in %s (%scert) with its %s key cannot be used: %s"
              .formatted(cert, table, type, e.getMessage()),
          e);
    }
  }

  /// A store that holds certificates to be trusted.
  static KeyStore trusting(List<X509Certificate> certificates) throws GeneralSecurityException {
    var store = emptyStore();
    for (var certificate : certificates) {
      store.setCertificateEntry("ca-" + store.size(), certificate);
    }
    return store;
  }

  static SSLContext context(KeyManager @Nullable [] keys, TrustManager[] trust)
      throws GeneralSecurityException {
    var context = SSLContext.getInstance("TLS");
    context.init(keys, trust, null);
    return context;
  }

  private static KeyStore emptyStore() throws GeneralSecurityException {
    try {
      var store = KeyStore.getInstance("PKCS12");
      store.load(null, NO_PASSWORD);
      return store;
    } catch (IOException e) {
      throw new IllegalStateException("an empty store is not read from anywhere", e);
    }
  }
}
