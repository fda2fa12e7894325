package mimo.agent.web;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The addresses of the public internet, and none that lead back into this machine, its network or
/// its data centre (A50, S33). Immutable.
///
/// Of IPv4 everything is public but the special ranges. Of IPv6 only what is handed out as global
/// unicast is, and of that nothing that carries an IPv4 address on to somebody else: 6to4, Teredo
/// and ISATAP. NAT64 and mapped forms lie outside of it, save that Java itself makes an IPv4
/// address of a mapped one, which is then looked at as such.
public final class PublicAddresses implements AddressPolicy {

  /// The addresses that begin with the first `bits` of `start`.
  private static final class Range {

    private final byte[] start;
    private final int bits;
    private final String what;

    private Range(byte[] start, int bits, String what) {
      this.start = start;
      this.bits = bits;
      this.what = what;
    }

    static Range v4(int first, int second, int third, int bits, String what) {
      return new Range(new byte[] {(byte) first, (byte) second, (byte) third, 0}, bits, what);
    }

    static Range v6(int first, int second, int bits, String what) {
      var start = new byte[16];
      start[0] = (byte) (first >> 8);
      start[1] = (byte) first;
      start[2] = (byte) (second >> 8);
      start[3] = (byte) second;
      return new Range(start, bits, what);
    }

    boolean holds(byte[] address) {
      if (address.length != start.length) {
        return false;
      }
      for (int bit = 0; bit < bits; bit += 8) {
        int mask = bits - bit >= 8 ? 0xFF : 0xFF << (8 - (bits - bit)) & 0xFF;
        if (((address[bit / 8] ^ start[bit / 8]) & mask) != 0) {
          return false;
        }
      }
      return true;
    }
  }

  private static final Range GLOBAL_UNICAST = Range.v6(0x2000, 0, 3, "global unicast");

  private static final List<Range> SPECIAL =
      List.of(
          Range.v4(0, 0, 0, 8, "this network"),
          Range.v4(10, 0, 0, 8, "a private network"),
          Range.v4(100, 64, 0, 10, "a provider's shared network"),
          Range.v4(127, 0, 0, 8, "this machine"),
          // The agent of one cloud listens here, outside of every special range.
          new Range(new byte[] {(byte) 168, 63, (byte) 129, 16}, 32, "a cloud's own service"),
          Range.v4(169, 254, 0, 16, "the local link"),
          Range.v4(172, 16, 0, 12, "a private network"),
          Range.v4(192, 0, 0, 24, "kept for protocols"),
          Range.v4(192, 0, 2, 24, "kept for documentation"),
          Range.v4(192, 31, 196, 24, "kept for protocols"),
          Range.v4(192, 52, 193, 24, "kept for protocols"),
          Range.v4(192, 88, 99, 24, "a 6to4 relay"),
          Range.v4(192, 168, 0, 16, "a private network"),
          Range.v4(192, 175, 48, 24, "kept for protocols"),
          Range.v4(198, 18, 0, 15, "kept for measurements"),
          Range.v4(198, 51, 100, 24, "kept for documentation"),
          Range.v4(203, 0, 113, 24, "kept for documentation"),
          Range.v4(224, 0, 0, 4, "multicast"),
          Range.v4(240, 0, 0, 4, "reserved"),
          Range.v6(0x2001, 0x0000, 23, "Teredo or kept for protocols"),
          Range.v6(0x2001, 0x0db8, 32, "kept for documentation"),
          Range.v6(0x2002, 0, 16, "6to4"),
          Range.v6(0x3fff, 0, 20, "kept for documentation"));

  @Override
  public boolean allows(InetAddress address) {
    return whyNot(address) == null;
  }

  /// Why an address is not public; null if it is.
  @Nullable String whyNot(InetAddress address) {
    var bytes = address.getAddress();
    for (var range : SPECIAL) {
      if (range.holds(bytes)) {
        return range.what;
      }
    }
    if (!(address instanceof Inet6Address)) {
      return null;
    }
    if (!GLOBAL_UNICAST.holds(bytes)) {
      return "no global address";
    }
    return isIsatap(bytes) ? "ISATAP" : null;
  }

  /// The last half of such an address is `0000:5efe` or `0200:5efe` and then an IPv4 address.
  private static boolean isIsatap(byte[] bytes) {
    return (bytes[8] & ~0x02) == 0
        && bytes[9] == 0
        && bytes[10] == 0x5e
        && bytes[11] == (byte) 0xfe;
  }
}
