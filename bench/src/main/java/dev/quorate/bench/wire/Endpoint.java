package dev.quorate.bench.wire;

import java.net.URI;
import java.net.URISyntaxException;

/// Where a server listens.
public record Endpoint(String host, int port) {
  private static final int PORT_MAX = 65_535;

  /// Reads `http://host:port`; the port may be absent (80). Throws `IllegalArgumentException` with
  /// one sentence for anything else.
  public static Endpoint parse(String url) {
    URI uri;
    try {
      uri = new URI(url);
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException("the url is malformed: " + url, e);
    }
    if ("https".equals(uri.getScheme())) {
      throw new IllegalArgumentException("the load generator speaks plain http only: " + url);
    }
    var path = uri.getRawPath();
    var bare = path == null || path.isEmpty() || path.equals("/");
    var port = uri.getPort() == -1 ? 80 : uri.getPort();
    if (!"http".equals(uri.getScheme())
        || uri.getHost() == null
        || !bare
        || uri.getRawQuery() != null
        || port < 1
        || port > PORT_MAX) {
      throw new IllegalArgumentException("the url must look like http://host:port: " + url);
    }
    return new Endpoint(uri.getHost(), port);
  }

  /// The host without the brackets of an IPv6 address.
  String address() {
    return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
  }

  String authority() {
    return host + ":" + port;
  }

  @Override
  public String toString() {
    return "http://" + authority();
  }
}
