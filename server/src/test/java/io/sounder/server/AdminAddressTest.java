package io.sounder.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sounder.protocol.endpoint.AccessList;
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
    AdminAddress admin = AdminAddress.parse(text, true, null);
    assertEquals(host, admin.address().getAddress().getHostAddress());
    assertEquals(port, admin.address().getPort());
    assertTrue(admin.explicit());
  }

  @Test
  void isNoneWhenItIsOff() {
    assertNull(AdminAddress.parse("off", true, null).address());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", ":", "8880", ":8880", "127.0.0.1", "127.0.0.1:", "127.0.0.1:65536", "a:-1"})
  void isRefusedWhenItIsNoAddress(String text) {
    assertSays("expected HOST:PORT, such as 127.0.0.1:8880, or off", text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.0.0.0:8880", "[::]:8880", "192.0.2.1:8880"})
  void isRefusedBeyondLoopbackUntilItIsToldWhoMayAsk(String text) {
    assertSays(
        "beyond loopback it needs --admin-allow, since nobody is asked for a password; write who may"
            + " ask, such as --admin-allow 10.1.2.0/24, or stay on 127.0.0.1:8880",
        text);
    AccessList allowed = AccessList.parse("192.0.2.0/24");
    assertSame(allowed, AdminAddress.parse(text, true, allowed).allowed());
  }

  @Test
  void answersThisMachineWhereNothingWasSaid() {
    AccessList allowed = AdminAddress.parse("[::1]:0", true, null).allowed();
    assertTrue(allowed.allows(new byte[] {127, 0, 0, 1}));
    assertFalse(allowed.allows(new byte[] {10, 0, 0, 1}));
  }

  @Test
  void isRefusedWhenItsHostIsNotKnown() {
    assertSays("host 'no-such-host.invalid' is not known", "no-such-host.invalid:80");
  }

  private static void assertSays(String said, String text) {
    EndpointException refusal =
        assertThrows(EndpointException.class, () -> AdminAddress.parse(text, true, null));
    assertEquals(said, refusal.getMessage());
  }
}
