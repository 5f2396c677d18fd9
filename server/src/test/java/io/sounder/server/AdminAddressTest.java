package io.sounder.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sounder.protocol.endpoint.EndpointException;
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
    AdminAddress admin = AdminAddress.parse(text, true);
    assertEquals(host, admin.address().getAddress().getHostAddress());
    assertEquals(port, admin.address().getPort());
    assertTrue(admin.explicit());
  }

  @Test
  void isNoneWhenItIsOff() {
    assertNull(AdminAddress.parse("off", true).address());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", ":", "8880", ":8880", "127.0.0.1", "127.0.0.1:", "127.0.0.1:65536", "a:-1"})
  void isRefusedWhenItIsNoAddress(String text) {
    assertSays("expected HOST:PORT, such as 127.0.0.1:8880, or off", text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.0.0.0:8880", "[::]:8880", "192.0.2.1:8880"})
  void isRefusedBeyondLoopback(String text) {
    assertSays("the admin port is for loopback only, such as 127.0.0.1:8880", text);
  }

  @Test
  void isRefusedWhenItsHostIsNotKnown() {
    assertSays("host 'no-such-host.invalid' is not known", "no-such-host.invalid:80");
  }

  private static void assertSays(String said, String text) {
    EndpointException refusal =
        assertThrows(EndpointException.class, () -> AdminAddress.parse(text, true));
    assertEquals(said, refusal.getMessage());
  }
}
