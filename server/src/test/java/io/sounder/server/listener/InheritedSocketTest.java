package io.sounder.server.listener;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sounder.protocol.endpoint.ListenerSpec;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InheritedSocketTest {
  @ParameterizedTest
  @CsvSource({
    "tcp://127.0.0.1:7000, 127.0.0.1, true",
    "tcp://127.0.0.1:7001, 127.0.0.1, false",
    "tcp://127.0.0.1:0, 127.0.0.1, false",
    "tcp://127.0.0.2:7000, 127.0.0.1, false",
    "udp://127.0.0.1:7000, 127.0.0.1, false",
    "tcp://[::1]:7000, ::1, true",
    "tcp://:7000, ::, true",
    "tcp://:7000, 0.0.0.0, true",
    "tcp://:7000, 127.0.0.1, false",
    "tcp://127.0.0.1:7000, ::, false",
    "tcp://0.0.0.0:7000, 0.0.0.0, true",
    "tcp://0.0.0.0:7000, ::, false",
    "unix:///run/s, 127.0.0.1, false",
  })
  void isOfTheListenerThatHasItsAddress(String listener, String host, boolean expected)
      throws Exception {
    InetSocketAddress bound = new InetSocketAddress(InetAddress.getByName(host), 7000);
    assertEquals(expected, InheritedSocket.isOf(ListenerSpec.parse(listener).endpoint(), bound));
  }

  @ParameterizedTest
  @CsvSource({
    "unix:///run/s, /run/s, true",
    "unix:///run/s, /run/../run/s, true",
    "unix:///run/s, /run/t, false",
    "tcp://127.0.0.1:7000, /run/s, false"
  })
  void isOfTheListenerThatHasItsPath(String listener, String path, boolean expected) {
    assertEquals(
        expected,
        InheritedSocket.isOf(
            ListenerSpec.parse(listener).endpoint(), UnixDomainSocketAddress.of(path)));
  }

  @Test
  void mustBeWantedByExactlyOneListener() {
    InetSocketAddress bound = new InetSocketAddress(InetAddress.getLoopbackAddress(), 7000);
    assertDoesNotThrow(() -> check(bound, "tcp://127.0.0.1:7000", "udp://127.0.0.1:7000"));
    assertRefused("no listener has its address", bound, "udp://127.0.0.1:7000");
    assertRefused(
        "2 listeners have its address",
        bound,
        "tcp://127.0.0.1:7000",
        "tcp://127.0.0.1:7000?reply=ok");
  }

  private static void assertRefused(String part, SocketAddress bound, String... listeners) {
    String message =
        assertThrows(ConfigurationException.class, () -> check(bound, listeners)).getMessage();
    assertTrue(message.contains(part), message);
  }

  private static void check(SocketAddress bound, String... listeners)
      throws ConfigurationException {
    List<ListenerSpec> specs = Arrays.stream(listeners).map(ListenerSpec::parse).toList();
    InheritedSocket.checkAmong(specs, "the socket", bound);
  }
}
