package dev.quorate.subscriptions;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/// What the name of a host stands for at the moment of asking; the next answer may be another one.
/// Thread-safe.
@FunctionalInterface
public interface NameLookup {
  /// As this machine looks names up.
  NameLookup SYSTEM = host -> List.of(InetAddress.getAllByName(host));

  /// The network addresses of a host.
  ///
  /// @param host a name or an address, an IPv6 address without brackets
  /// @throws UnknownHostException when there is none
  List<InetAddress> addresses(String host) throws UnknownHostException;
}
