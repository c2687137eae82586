package dev.quorate.settings;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// Table `[tls]`: the PEM files for encrypted connections, absolute paths.
///
/// @param cert the node's certificate chain; absent to serve plain http
/// @param key the private key to it
/// @param clientAllowlist the SHA-256 fingerprints of client certificates that stand in for an API
///   key on `/api/v1/sync/`
/// @param clientCert the certificate chain that is shown to peers
/// @param clientKey the private key to it
/// @param caCert certificates that vouch for peers, beside those that the JDK trusts
public record TlsSettings(
    @Nullable Path cert,
    @Nullable Path key,
    @Nullable Path clientAllowlist,
    @Nullable Path clientCert,
    @Nullable Path clientKey,
    @Nullable Path caCert) {

  public static final TlsSettings DEFAULT = new TlsSettings(null, null, null, null, null, null);

  public TlsSettings {
    checkPair("tls.cert", cert, "tls.key", key);
    checkPair("tls.client-cert", clientCert, "tls.client-key", clientKey);
    if (clientAllowlist != null && cert == null) {
      throw new InvalidSetting(
          "tls.client-allowlist",
          "tls.client-allowlist needs tls.cert and tls.key, as certificates are shown over TLS only");
    }
  }

  static TlsSettings of(Values values) {
    return new TlsSettings(
        values.path(Key.TLS_CERT),
        values.path(Key.TLS_KEY),
        values.path(Key.TLS_CLIENT_ALLOWLIST),
        values.path(Key.TLS_CLIENT_CERT),
        values.path(Key.TLS_CLIENT_KEY),
        values.path(Key.TLS_CA_CERT));
  }

  private static void checkPair(
      String certKey, @Nullable Path cert, String keyKey, @Nullable Path key) {
    if ((cert == null) == (key == null)) return;
    var given = cert == null ? keyKey : certKey;
    var missing = cert == null ? certKey : keyKey;
    throw new InvalidSetting(given, "%s is given without %s".formatted(given, missing));
  }
}
