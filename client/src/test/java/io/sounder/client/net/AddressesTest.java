package io.sounder.client.net;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnixDomainSocketAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AddressesTest {
  @ParameterizedTest
  @CsvSource({
    "127.0.0.1, 127.0.0.1:7",
    "::1, [::1]:7",
    "::, [::]:7",
    "fe80::, [fe80::]:7",
    "2001:db8::1:0:0:1, [2001:db8::1:0:0:1]:7",
    "2001:db8:0:0:1:0:0:0, [2001:db8:0:0:1::]:7",
    "1:0:2:0:3:0:4:5, [1:0:2:0:3:0:4:5]:7",
  })
  void writesAddressesAsRfc5952Says(String address, String expected) throws UnknownHostException {
    assertEquals(
        expected, Addresses.text(new InetSocketAddress(InetAddress.getByName(address), 7)));
  }

  @Test
  void aUnixSocketIsItsPathAndOneWithoutPathIsUnix() {
    assertEquals("/run/x.sock", Addresses.text(UnixDomainSocketAddress.of("/run/x.sock")));
    assertEquals("unix", Addresses.text(UnixDomainSocketAddress.of("")));
  }
}
