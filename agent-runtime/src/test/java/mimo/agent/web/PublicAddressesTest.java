package mimo.agent.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;

final class PublicAddressesTest {

  static final Iterable<String> PUBLIC = WebData.lines("public-addresses.txt");

  private final PublicAddresses addresses = new PublicAddresses();

  @ParameterizedTest
  @FieldSource("PUBLIC")
  void allowsAddressesOfTheInternet(String address) throws UnknownHostException {
    assertNull(addresses.whyNot(InetAddress.getByName(address)));
  }

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1, this machine",
    "169.254.169.254, the local link",
    "100.127.255.255, a provider's shared network",
    "::ffff:10.0.0.1, a private network",
    "::1, no global address",
    "64:ff9b::808:808, no global address",
    "2002:808:808::1, 6to4",
    "2001:0:4136:e378::1, Teredo or kept for protocols",
    "2606:4700::200:5efe:7f00:1, ISATAP"
  })
  void saysWhyItRefusesOthers(String address, String why) throws UnknownHostException {
    assertEquals(why, addresses.whyNot(InetAddress.getByName(address)));
  }
}
