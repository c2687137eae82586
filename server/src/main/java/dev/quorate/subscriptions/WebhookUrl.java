package dev.quorate.subscriptions;

import dev.quorate.failure.RequestFailure.Invalid;
import dev.quorate.memory.Rules;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;

/// Where events may be sent: an `https` address in public, plain `http` only to this machine.
public final class WebhookUrl {
  private static final int CHARACTERS_MAX = 2_048;

  private WebhookUrl() {}

  /// The address as one, whatever it leads to.
  ///
  /// @throws Invalid when it is not an absolute http or https URL of at most 2,048 ASCII characters
  ///   with a host, and without a user or fragment
  public static URI shape(String url) {
    if (url.length() > CHARACTERS_MAX) {
      throw new Invalid(
          "url can be at most %d characters: %d".formatted(CHARACTERS_MAX, url.length()));
    }
    URI uri;
    try {
      uri = new URI(url);
    } catch (URISyntaxException _) {
      throw new Invalid("url is not a URL: " + Rules.quote(url));
    }
    var scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
    if (!scheme.equals("https") && !scheme.equals("http")) {
      throw new Invalid("url must begin with https:// or http://: " + Rules.quote(url));
    }
    if (uri.getHost() == null || !url.chars().allMatch(c -> c > 0x20 && c < 0x7f)) {
      throw new Invalid("url must name a host, in ASCII characters: " + Rules.quote(url));
    }
    if (uri.getPort() == 0 || uri.getPort() > 65_535) {
      throw new Invalid("url must name a port of 1..65535: " + uri.getPort());
    }
    if (uri.getRawUserInfo() != null || uri.getRawFragment() != null) {
      // Not quoted: what stands there may be a password.
      throw new Invalid("url cannot contain a user, a password or a fragment");
    }
    return uri;
  }

  /// Checks an address and all that its host stands for now.
  ///
  /// @throws Invalid when events may not be sent there
  public static String check(String url, AddressRule rule) {
    var uri = shape(url);
    var _ = addresses(uri, NameLookup.SYSTEM, rule);
    return uri.toString();
  }

  /// The network addresses that a URL's host stands for now, every one of them checked. Who sends
  /// must connect to one of these: the next look-up of the name may give others.
  ///
  /// @throws Invalid when events may not be sent to one of them, or there is none
  public static List<InetAddress> addresses(URI uri, NameLookup names, AddressRule rule) {
    var found = resolve(uri, names);
    for (var address : found) {
      var refusal = refusal(uri, address, rule);
      if (!refusal.isEmpty()) throw new Invalid("url " + refusal);
    }
    return found;
  }

  /// Why events may not be sent to what the host stands for; empty when they may.
  private static String refusal(URI uri, InetAddress address, AddressRule rule) {
    var refusal = rule.refusal(address);
    // Without the address: a subscriber is not to learn what names stand for in this network.
    if (refusal.isPresent()) return "leads to " + refusal.get();
    if (uri.getScheme().equalsIgnoreCase("http") && !address.isLoopbackAddress()) {
      return "must be https: only what stays on this machine may go by plain http";
    }
    return "";
  }

  private static List<InetAddress> resolve(URI uri, NameLookup names) {
    try {
      return names.addresses(host(uri));
    } catch (UnknownHostException _) {
      throw new Invalid("url names a host that cannot be found: " + Rules.quote(uri.getHost()));
    }
  }

  /// The host as a resolver takes it, an IPv6 address without its brackets.
  private static String host(URI uri) {
    var host = uri.getHost();
    return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
  }
}
