package dev.quorate.identity;

import dev.quorate.failure.NodeFailure;
import dev.quorate.settings.TlsSettings;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

/// What this node shows to those who connect to it.
public final class InboundTls {
  private InboundTls() {}

  /// The context for accepted connections; empty where the settings have no certificate. Any client
  /// certificate is taken, as long as the client holds its key: which ones count is decided by
  /// fingerprint, where a message is judged.
  ///
  /// @throws NodeFailure if a file cannot be read or used
  public static Optional<SSLContext> context(TlsSettings settings) {
    var cert = settings.cert();
    var key = settings.key();
    if (cert == null || key == null) return Optional.empty();
    try {
      var keys = TlsKeys.read(cert, key, "tls.");
      return Optional.of(TlsKeys.context(keys, new TrustManager[] {new TakesEveryClient()}));
    } catch (GeneralSecurityException e) {
      throw new NodeFailure("TLS cannot be set up: " + e.getMessage(), e);
    }
  }

  private static final class TakesEveryClient extends X509ExtendedTrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {
      throw noServer();
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {
      throw noServer();
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {
      throw noServer();
    }

    private static IllegalStateException noServer() {
      return new IllegalStateException("a context for accepted connections meets no servers");
    }

    /// Names no authority, so that a client shows whatever certificate it has.
    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
