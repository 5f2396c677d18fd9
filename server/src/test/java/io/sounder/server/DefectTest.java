package io.sounder.server;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.sounder.protocol.endpoint.ListenerSpec;
import io.sounder.server.connection.CloseReason;
import io.sounder.server.connection.DatagramDrop;
import io.sounder.server.fixture.Eventually;
import io.sounder.server.fixture.LogRecorder;
import io.sounder.server.fixture.Peer;
import io.sounder.server.fixture.UdpPeer;
import io.sounder.server.metrics.Counters;
import io.sounder.server.watch.StallPolicy;
import io.sounder.server.worker.MessageObserver;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.LoggerFactory;

/** A defect of ours in the middle of a turn, in an observer that chokes on some figures. */
@Timeout(30)
class DefectTest {
  private static final long DRAIN_NANOS = 2_000_000_000L;

  private final AtomicReference<Thread> owner = new AtomicReference<>();
  private final Counters counters = new Counters();
  private final MessageObserver defective =
      (listener, peer, message) -> {
        owner.set(Thread.currentThread());
        switch (message.hasRemaining() ? message.get(message.position()) : ' ') {
          case '1' -> throw new IllegalStateException("a defect for the test");
          case '2' -> overflow(0);
          case '3' ->
              throw new OutOfMemoryError("Cannot reserve 9 bytes of direct buffer memory (for us)");
          default -> {}
        }
      };

  private final Logger log = (Logger) LoggerFactory.getLogger("io.sounder.server.worker");

  @BeforeEach
  void logNothing() {
    log.setLevel(Level.OFF); // each defect is logged with its stack, on purpose
  }

  @AfterEach
  void logAgain() {
    log.setLevel(null);
  }

  private static long overflow(long depth) {
    return depth < 0 ? 0 : overflow(depth + 1) + 1;
  }

  @ParameterizedTest
  @CsvSource({"1, 0, 1000", "1, 1, 1000", "2, 0, 100", "2, 1, 1000"})
  void costsOneConnectionAndIsCounted(String defect, int workers, int times) throws Exception {
    Server server = start("tcp://127.0.0.1:0?framing=line", workers);
    try (Peer other = Peer.connect(server.endpoints().get(0))) {
      other.assertEchoes("hello\n");
      Thread before = owner.get();
      for (int i = 1; i <= times; i++) {
        try (Peer peer = Peer.connect(server.endpoints().get(0))) {
          peer.send(defect + "\n");
          assertArrayEquals(new byte[0], peer.readToEnd());
        }
      }
      Eventually.equal(times, "defects", () -> counters.closed(CloseReason.INTERNAL_ERROR));
      other.assertEchoes("still served\n");
      assertEquals(1, counters.open());
      assertSame(before, owner.get(), "the thread that has met them all");
    } finally {
      server.stop();
    }
  }

  @ParameterizedTest
  @CsvSource({"1", "2", "3"})
  void costsOneDatagramAndIsCounted(String defect) throws Exception {
    Server server = start("udp://127.0.0.1:0", 1);
    try (UdpPeer peer = UdpPeer.to(server.endpoints().get(0))) {
      for (int i = 0; i < 30; i++) {
        peer.send(defect);
        assertEquals("fine", peer.send("fine").receiveText());
      }
      Eventually.equal(30, "defects", () -> counters.dropped(DatagramDrop.INTERNAL_ERROR));
      Eventually.equal(60, "datagrams", counters::datagrams);
    } finally {
      server.stop();
    }
  }

  @Test
  void wantOfDirectMemoryCostsOneConnectionAndAPauseInAccepting() throws Exception {
    Server server = start("tcp://127.0.0.1:0", 1);
    try (LogRecorder accepting = LogRecorder.of("io.sounder.server.reactor");
        Peer other = Peer.connect(server.endpoints().get(0))) {
      other.assertEchoes("hello");
      try (Peer peer = Peer.connect(server.endpoints().get(0))) {
        peer.send("3");
        assertArrayEquals(new byte[0], peer.readToEnd());
      }
      Eventually.equal(1, "closed", () -> counters.closed(CloseReason.DIRECT_MEMORY));
      Eventually.equal(1, "pauses", counters::acceptPauses);
      other.assertEchoes("still served");
      try (Peer next = Peer.connect(server.endpoints().get(0))) {
        next.assertEchoes("let in after the pause");
      }
      List<String> warnings = accepting.lines(Level.WARN);
      assertEquals(1, warnings.size(), warnings::toString);
      assertTrue(warnings.get(0).contains("raise -XX:MaxDirectMemorySize"), warnings.get(0));
    } finally {
      server.stop();
    }
  }

  private Server start(String url, int workers) throws Exception {
    boolean assist = workers == 0;
    ServerOptions options =
        new ServerOptions(
            List.of(ListenerSpec.parse(url)), workers, assist, true, 0, 0, DRAIN_NANOS, 0, 1 << 20);
    return Server.start(options, counters, defective, StallPolicy.warning());
  }
}
