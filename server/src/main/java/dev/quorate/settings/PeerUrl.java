package dev.quorate.settings;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Map;

/// The address of a peer in the one spelling in which two addresses can be compared: scheme and
/// host in lower case, no default port, no slash at the end.
final class PeerUrl {
  private static final Map<String, Integer> DEFAULT_PORTS = Map.of("http", 80, "https", 443);

  /// What [URI] calls the port of an address without one.
  private static final int NONE = -1;

  private PeerUrl() {}

  /// @throws InvalidSetting under this key when the text is no http or https address
  static URI normalised(String key, String text) {
    try {
      var url = new URI(text);
      var scheme = url.getScheme() == null ? "" : url.getScheme().toLowerCase(Locale.ROOT);
      int defaultPort = DEFAULT_PORTS.getOrDefault(scheme, NONE);
      var isAddress =
          defaultPort != NONE
              && url.getHost() != null
              && url.getRawQuery() == null
              && url.getRawFragment() == null
              && url.getRawUserInfo() == null
              && url.getPort() <= 65_535;
      if (isAddress) {
        var host = url.getHost().toLowerCase(Locale.ROOT);
        var port = url.getPort() == NONE || url.getPort() == defaultPort ? "" : ":" + url.getPort();
        var path = url.getRawPath().replaceFirst("/+$", "");
        return new URI(scheme + "://" + host + port + path);
      }
    } catch (URISyntaxException _) {
      // Told below, in the same words.
    }
    throw new InvalidSetting(
        key,
        "%s must be an address like http://127.0.0.1:7867 without user, query and fragment: '%s'"
            .formatted(key, shown(text)));
  }

  /// A password in an address that is refused must not get into the message.
  private static String shown(String text) {
    return text.replaceFirst("//[^/]*@", "//(secret)@");
  }
}
