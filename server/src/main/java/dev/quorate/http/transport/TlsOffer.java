package dev.quorate.http.transport;

import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;

/// How a server speaks TLS.
///
/// @param asksForCertificates whether clients are asked for a certificate, which they need not have
public record TlsOffer(SSLContext context, boolean asksForCertificates) {
  private static final List<String> PROTOCOLS = List.of("TLSv1.3", "TLSv1.2");
  private static final List<String> APPLICATION_PROTOCOLS = List.of("h2", "http/1.1");

  /// The server's end of one connection.
  SSLEngine engine() {
    var engine = context.createSSLEngine();
    engine.setUseClientMode(false);
    var parameters = engine.getSSLParameters();
    parameters.setProtocols(PROTOCOLS.toArray(String[]::new));
    parameters.setApplicationProtocols(APPLICATION_PROTOCOLS.toArray(String[]::new));
    parameters.setUseCipherSuitesOrder(true);
    parameters.setWantClientAuth(asksForCertificates);
    engine.setSSLParameters(parameters);
    return engine;
  }
}
