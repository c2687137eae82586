package dev.quorate.subscriptions;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// Which network addresses events may be sent to: public ones, and this machine's own where the
/// operator says so. What a subscriber names is fetched by this node, from inside its network, and
/// must not become a way into it.
///
/// @param loopback whether this machine's own addresses are allowed
public record AddressRule(boolean loopback) {

  /// Blocks of addresses that are not public (the IANA registries of special addresses), those
  /// aside that the platform tells by itself.
  private static final List<Block> BLOCKS =
      List.of(
          new Block("an address of a network itself", 8, 0),
          new Block("a private address", 8, 10),
          new Block("a private address of a carrier", 10, 100, 64),
          new Block("a link-local address", 16, 169, 254),
          new Block("a private address", 12, 172, 16),
          new Block("a reserved address", 24, 192, 0, 0),
          new Block("an address for documentation", 24, 192, 0, 2),
          new Block("a private address", 16, 192, 168),
          new Block("an address for tests of networks", 15, 198, 18),
          new Block("an address for documentation", 24, 198, 51, 100),
          new Block("an address for documentation", 24, 203, 0, 113),
          new Block("a multicast address", 4, 224),
          new Block("a reserved address", 4, 240));

  private record Block(String what, int bits, List<Integer> first) {
    Block(String what, int bits, Integer... first) {
      this(what, bits, List.of(first));
    }

    boolean holds(byte[] address) {
      for (var i = 0; i < (bits + 7) / 8; i++) {
        var mask = 0xff << Math.max(0, 8 * (i + 1) - bits) & 0xff;
        var wanted = i < first.size() ? first.get(i) : 0;
        if ((address[i] & mask) != (wanted & mask)) return false;
      }
      return true;
    }
  }

  /// What kind of address it is that events may not be sent to; empty for one that they may.
  public Optional<String> refusal(InetAddress address) {
    if (address.isAnyLocalAddress()) return Optional.of("an address that stands for none");
    if (address.isLoopbackAddress()) {
      return loopback
          ? Optional.empty()
          : Optional.of("this machine itself (subscriptions.allow-loopback admits it)");
    }
    return switch (address) {
      case Inet4Address four -> refusal(four.getAddress());
      case Inet6Address six -> refusal(six);
      case InetAddress _ -> Optional.of("an address of an unknown kind");
    };
  }

  private Optional<String> refusal(byte[] four) {
    return BLOCKS.stream().filter(block -> block.holds(four)).map(Block::what).findFirst();
  }

  private Optional<String> refusal(Inet6Address six) {
    if (six.isLinkLocalAddress()) return Optional.of("a link-local address");
    if (six.isMulticastAddress()) return Optional.of("a multicast address");
    var bytes = six.getAddress();
    // Only 2000::/3 is given out, and parts of it carry another address or none that is public.
    var first = bytes[0] & 0xff;
    if ((first & 0xe0) != 0x20) return Optional.of("a private or reserved address");
    if (first == 0x20 && bytes[1] == 0x02) {
      return carried(Arrays.copyOfRange(bytes, 2, 6), "6to4");
    }
    if (first == 0x20 && bytes[1] == 0x01) {
      var next = (bytes[2] & 0xff) << 8 | (bytes[3] & 0xff);
      if (next < 0x200) return Optional.of("a tunnel's or a reserved address");
      if (next == 0x0db8) return Optional.of("an address for documentation");
    }
    return Optional.empty();
  }

  private Optional<String> carried(byte[] four, String how) {
    if (four[0] == 127) return Optional.of("this machine itself by way of " + how);
    return refusal(four).map(what -> what + " by way of " + how);
  }
}
