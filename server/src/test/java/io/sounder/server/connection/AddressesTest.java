package io.sounder.server.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnixDomainSocketAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Addresses as people read them; IPv6 as RFC 5952, section 4 recommends. */
class AddressesTest {
  @ParameterizedTest
  @CsvSource({
    "127.0.0.1,                   127.0.0.1",
    "::,                          ::",
    "::1,                         ::1",
    "1::,                         1::",
    "2001:0db8::0001,             2001:db8::1",
    "2001:db8:0:0:0:0:2:1,        2001:db8::2:1",
    "2001:db8:0:1:1:1:1:1,        2001:db8:0:1:1:1:1:1",
    "2001:0:0:1:0:0:0:1,          2001:0:0:1::1",
    "2001:db8:0:0:1:0:0:1,        2001:db8::1:0:0:1",
    "0:0:1:0:0:0:0:0,             0:0:1::",
    "0:1:2:3:4:5:6:7,             0:1:2:3:4:5:6:7",
    "2001:DB8::A,                 2001:db8::a",
    "1:0:0:2:0:0:3:0,             1::2:0:0:3:0",
    "10:20:30:40:50:60:70:80,     10:20:30:40:50:60:70:80",
    "::ffff:192.0.2.1,            192.0.2.1",
  })
  void compressesTheFirstLongestRunOfZeros(String written, String shown)
      throws UnknownHostException {
    InetSocketAddress address = new InetSocketAddress(InetAddress.getByName(written), 80);
    assertEquals(shown, Addresses.hostText(address));
    assertEquals(
        (shown.indexOf(':') >= 0 ? "[" + shown + "]" : shown) + ":80", Addresses.text(address));
  }

  @Test
  void keepsTheZone() throws UnknownHostException {
    InetAddress address = InetAddress.getByName("fe80::1%1");
    String shown = Addresses.hostText(new InetSocketAddress(address, 5));
    assertEquals("fe80::1%", shown.substring(0, shown.indexOf('%') + 1));
  }

  @Test
  void callsAUnixSocketUnix() {
    UnixDomainSocketAddress address = UnixDomainSocketAddress.of("");
    assertEquals("unix", Addresses.text(address));
    assertEquals("unix", Addresses.hostText(address));
    assertEquals("", Addresses.portText(address));
  }
}
