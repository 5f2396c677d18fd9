package io.sounder.server.listener;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sounder.protocol.endpoint.ListenerSpec;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SharedPortTest {
  private static List<BoundListener> bind(String listener) throws Exception {
    return Binder.bindAll(List.of(ListenerSpec.parse(listener)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"tcp", "udp"})
  void listenersThatBothSaySoShareAPort(String scheme) throws Exception {
    try (BoundListener first = bind(scheme + "://127.0.0.1:0?reuse-port=on").get(0)) {
      int port = first.endpoint().port();
      String again = scheme + "://127.0.0.1:" + port;
      try (BoundListener second = bind(again + "?reuse-port=on").get(0)) {
        assertEquals(port, second.endpoint().port());
      }
      BindFailure refused = assertThrows(BindFailure.class, () -> bind(again));
      assertTrue(refused.getMessage().contains("in use"), refused.getMessage());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"tcp", "udp"})
  void aPortIsNotSharedWithOneThatDidNotSaySo(String scheme) throws Exception {
    try (BoundListener first = bind(scheme + "://127.0.0.1:0").get(0)) {
      String again = scheme + "://127.0.0.1:" + first.endpoint().port() + "?reuse-port=on";
      assertThrows(BindFailure.class, () -> bind(again));
    }
  }
}
