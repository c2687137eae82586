package dev.quorate.identity;

import dev.quorate.failure.NodeFailure;
import dev.quorate.settings.TlsSettings;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/// What this node shows to the peers it connects to, and whom it believes.
public final class OutboundTls {
  private OutboundTls() {}

  /// The context for connections to peers: it trusts what the JDK trusts and the certificates of
  /// `tls.ca-cert`, and shows `tls.client-cert` when asked. Host names are for the client to check.
  ///
  /// @throws NodeFailure if a file cannot be read or used
  public static SSLContext context(TlsSettings settings) {
    var cert = settings.clientCert();
    var key = settings.clientKey();
    var keys = cert == null || key == null ? null : TlsKeys.read(cert, key, "tls.client-");
    try {
      return TlsKeys.context(keys, trust(settings));
    } catch (GeneralSecurityException e) {
      throw new NodeFailure("TLS to peers cannot be set up: " + e.getMessage(), e);
    }
  }

  private static TrustManager[] trust(TlsSettings settings) throws GeneralSecurityException {
    var file = settings.caCert();
    if (file == null) return managers(null);
    var trusted = new ArrayList<X509Certificate>();
    for (var manager : managers(null)) {
      if (manager instanceof X509TrustManager usual) {
        trusted.addAll(List.of(usual.getAcceptedIssuers()));
      }
    }
    trusted.addAll(PemFile.certificates(file, "tls.ca-cert"));
    return managers(TlsKeys.trusting(trusted));
  }

  /// @param store whom to trust; absent for whom the JDK trusts
  private static TrustManager[] managers(@Nullable KeyStore store) throws GeneralSecurityException {
    var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(store);
    return factory.getTrustManagers();
  }
}
