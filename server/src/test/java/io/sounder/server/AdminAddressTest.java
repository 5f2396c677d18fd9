package io.sounder.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sounder.protocol.endpoint.EndpointException;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where the admin page may be. */
class AdminAddressTest {
  @ParameterizedTest
  @CsvSource({
    "127.0.0.1:8880, 127.0.0.1,       8880",
    "127.0.0.2:0,    127.0.0.2,       0",
    "localhost:80,   127.0.0.1,       80",
    "[::1]:65535,    0:0:0:0:0:0:0:1, 65535",
  })
  void isAnyLoopbackAddress(String text, String host, int port) {
    InetSocketAddress admin = AdminAddress.parse(text);
    assertEquals(host, admin.getAddress().getHostAddress());
    assertEquals(port, admin.getPort());
  }

  @Test
  void isNoneWhenItIsOff() {
    assertNull(AdminAddress.parse("off"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", ":", "8880", ":8880", "127.0.0.1", "127.0.0.1:", "127.0.0.1:65536", "a:-1"})
  void isRefusedWhenItIsNoAddress(String text) {
    assertSays("expected HOST:PORT, such as 127.0.0.1:8880, or off", text);
  }

  @Test
  void isRefusedWhenItsHostIsNotKnown() {
    assertSays("host 'no-such-host.invalid' is not known", "no-such-host.invalid:80");
  }

  private static void assertSays(String said, String text) {
    EndpointException refusal =
        assertThrows(EndpointException.class, () -> AdminAddress.parse(text));
    assertEquals(said, refusal.getMessage());
  }
}
