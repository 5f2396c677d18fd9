package io.sounder.server.guard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.sounder.protocol.endpoint.IpLiteral;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which addresses are one source, and which are not. */
class SourceKeyTest {
  @ParameterizedTest
  @CsvSource({
    "10.1.2.3,        10.1.2.3,              true",
    "10.1.2.3,        10.1.2.4,              false",
    "10.1.2.3,        ::ffff:10.1.2.3,       true",
    "::ffff:10.1.2.3, ::ffff:10.1.2.4,       false",
    "2001:db8::1,     2001:db8::ffff:1,      true",
    "2001:db8::1,     2001:db8:0:0:ffff::,   true",
    "2001:db8::1,     2001:db8:0:1::1,       false",
    "::1,             ::fffe:10.1.2.3,       true",
    "::1,             0.0.0.0,               false",
    "127.0.0.1,       ::7f00:1,              false",
    "255.255.255.255, ffff:ffff:ffff:ffff::, false",
  })
  void isAnIpv4AddressOrTheFirstHalfOfAnIpv6Address(String one, String other, boolean same) {
    assertEquals(same, SourceKey.of(bytes(one)) == SourceKey.of(bytes(other)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.0.0.0", "127.0.0.1", "255.255.255.255", "::1", "::", "ff02::1"})
  void isNeverThatOfNobody(String address) {
    assertNotEquals(SourceKey.NONE, SourceKey.of(bytes(address)));
    assertNotEquals(SourceKey.UNKNOWN, SourceKey.of(bytes(address)));
  }

  @Test
  void tellsPortsOfAHostApart() {
    Set<Long> numbers = new HashSet<>();
    for (String host : new String[] {"10.1.2.3", "10.1.2.4", "2001:db8::1", "2001:db8::2"}) {
      for (int port = 0; port < 65536; port += 7) {
        numbers.add(SourceKey.ofPort(SourceKey.ofHost(bytes(host)), port));
      }
    }
    assertEquals(4 * 9363, numbers.size());
  }

  private static byte[] bytes(String address) {
    return IpLiteral.parse(address).orElseThrow();
  }
}
