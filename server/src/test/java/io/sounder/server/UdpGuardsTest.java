package io.sounder.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sounder.server.connection.DatagramDrop;
import io.sounder.server.fixture.Eventually;
import io.sounder.server.fixture.RunningServer;
import io.sounder.server.fixture.UdpPeer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What a UDP listener refuses of sources that may ask: too much, and the same over and over. Here
 * on loopback, where it is asked for; between networks it is the default.
 */
@Timeout(30)
class UdpGuardsTest {
  private static final int MANY = 200;

  @Test
  void answersASourceNoMoreThanItsLimitAndAnotherAllTheSame() throws Exception {
    try (RunningServer server = RunningServer.on("udp://127.0.0.1:0?rate-limit=20");
        UdpPeer greedy = UdpPeer.from("127.0.0.2", 0, server.endpoint());
        UdpPeer again = UdpPeer.from("127.0.0.2", 0, server.endpoint());
        UdpPeer quiet = UdpPeer.from("127.0.0.3", 0, server.endpoint())) {
      for (int i = 0; i < MANY / 2; i++) {
        greedy.send("more " + i);
        again.send("and more " + i); // another port of the same host
      }
      Eventually.equal(MANY, "datagrams", () -> server.counters().datagrams());
      long dropped = server.counters().dropped(DatagramDrop.RATE_LIMIT);
      assertEquals(MANY, dropped + received(greedy) + received(again));
      assertTrue(dropped >= MANY - 10 - 20 * 5, "ten at once, and some as time goes: " + dropped);
      assertEquals("please", quiet.send("please").receiveText());
    }
  }

  @Test
  void answersAllSourcesTogetherNoMoreThanTheTotal() throws Exception {
    try (RunningServer server =
        RunningServer.on("udp://127.0.0.1:0?rate-limit=off&rate-limit-total=20")) {
      for (int i = 0; i < MANY; i++) {
        try (UdpPeer peer = UdpPeer.from("127.0.0." + (2 + i), 0, server.endpoint())) {
          peer.send("one each");
        }
      }
      Eventually.equal(MANY, "datagrams", () -> server.counters().datagrams());
      long dropped = server.counters().dropped(DatagramDrop.RATE_LIMIT_TOTAL);
      assertTrue(dropped >= MANY - 10 - 20 * 5 && dropped < MANY, "dropped " + dropped);
    }
  }

  @Test
  void breaksAPacketLoopAndServesEveryoneElse() throws Exception {
    try (RunningServer server = RunningServer.on("udp://127.0.0.1:0?loop-breaker=on");
        UdpPeer looping = UdpPeer.to(server.endpoint());
        UdpPeer other = UdpPeer.to(server.endpoint())) {
      int sent = 0;
      while (server.counters().dropped(DatagramDrop.LOOP) == 0 && sent < 100_000) {
        looping.send("to and fro");
        sent++;
        received(looping);
      }
      assertTrue(sent > 1_000 && sent < 100_000, "in quarantine after " + sent);
      Eventually.equal(sent, "datagrams", () -> server.counters().datagrams());
      received(looping);
      long dropped = server.counters().dropped(DatagramDrop.LOOP);
      looping.send("something else, from the same source");
      server.awaitDropped(DatagramDrop.LOOP, dropped + 1);
      assertTrue(looping.hasNothing());
      assertEquals("to and fro", other.send("to and fro").receiveText());
    }
  }

  @ParameterizedTest
  @CsvSource({"udp://127.0.0.1:0", "udp://127.0.0.1:0?allow=any", "udp://[::1]:0?allow=any"})
  void limitsNobodyOnLoopbackUnlessAsked(String listener) throws Exception {
    try (RunningServer server = RunningServer.on(listener);
        UdpPeer peer = UdpPeer.to(server.endpoint())) {
      for (int i = 0; i < 1_500; i++) {
        assertEquals("the same", peer.send("the same").receiveText());
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "udp://127.0.0.1:0?deny=127.0.0.2,                     127.0.0.2, 127.0.0.3",
    "udp://127.0.0.1:0?allow=127.0.0.0/8&deny=::ffff:127.0.0.2, 127.0.0.2, 127.0.0.3",
    "udp://127.0.0.1:0?allow=any&deny=127.0.0.2/31,        127.0.0.3, 127.0.0.4",
  })
  void answersNobodyWhoIsDeniedWhateverIsAllowed(String listener, String denied, String other)
      throws Exception {
    try (RunningServer server = RunningServer.on(listener);
        UdpPeer stranger = UdpPeer.from(denied, 0, server.endpoint());
        UdpPeer guest = UdpPeer.from(other, 0, server.endpoint())) {
      stranger.send("hello");
      server.awaitDropped(DatagramDrop.ACCESS, 1);
      assertEquals("hello", guest.send("hello").receiveText());
      assertTrue(stranger.hasNothing());
    }
  }

  private static int received(UdpPeer peer) throws Exception {
    int count = 0;
    while (peer.receiveNow() != null) {
      count++;
    }
    return count;
  }
}
