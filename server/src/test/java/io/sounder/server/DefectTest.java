package io.sounder.server;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.sounder.protocol.endpoint.ListenerSpec;
import io.sounder.server.connection.CloseReason;
import io.sounder.server.connection.DatagramDrop;
import io.sounder.server.fixture.Eventually;
import io.sounder.server.fixture.Peer;
import io.sounder.server.fixture.UdpPeer;
import io.sounder.server.metrics.Counters;
import io.sounder.server.worker.MessageObserver;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.LoggerFactory;

/** An exception of ours in the middle of a turn, thrown by an observer that chokes on 'x'. */
@Timeout(30)
class DefectTest {
  private static final long DRAIN_NANOS = 2_000_000_000L;
  private static final MessageObserver DEFECTIVE =
      (listener, peer, message) -> {
        if (message.hasRemaining() && message.get(message.position()) == 'x') {
          throw new IllegalStateException("a defect for the test");
        }
      };

  private final Logger log = (Logger) LoggerFactory.getLogger("io.sounder.server.worker");
  private final Counters counters = new Counters();

  @BeforeEach
  void logNothing() {
    log.setLevel(Level.OFF); // each defect is logged with its stack, on purpose
  }

  @AfterEach
  void logAgain() {
    log.setLevel(null);
  }

  @Test
  void costsOneConnectionAndIsCounted() throws Exception {
    Server server = start("tcp://127.0.0.1:0?framing=line");
    try (Peer other = Peer.connect(server.endpoints().get(0))) {
      for (int i = 1; i <= 100; i++) {
        try (Peer peer = Peer.connect(server.endpoints().get(0))) {
          peer.assertEchoes("fine\n");
          peer.send("x\n");
          assertArrayEquals(new byte[0], peer.readToEnd());
        }
        Eventually.equal(i, "defects", () -> counters.closed(CloseReason.INTERNAL_ERROR));
      }
      other.assertEchoes("still served\n");
      assertEquals(1, counters.open());
    } finally {
      server.stop();
    }
  }

  @Test
  void costsOneDatagramAndIsCounted() throws Exception {
    Server server = start("udp://127.0.0.1:0");
    try (UdpPeer peer = UdpPeer.to(server.endpoints().get(0))) {
      for (int i = 0; i < 100; i++) {
        peer.send("x");
        assertEquals("fine", peer.send("fine").receiveText());
      }
      Eventually.equal(100, "defects", () -> counters.dropped(DatagramDrop.INTERNAL_ERROR));
      Eventually.equal(200, "datagrams", counters::datagrams);
    } finally {
      server.stop();
    }
  }

  private Server start(String url) throws Exception {
    ServerOptions options =
        new ServerOptions(
            List.of(ListenerSpec.parse(url)), 1, true, true, 0, 0, DRAIN_NANOS, 0, 1 << 20);
    return Server.start(options, counters, DEFECTIVE);
  }
}
