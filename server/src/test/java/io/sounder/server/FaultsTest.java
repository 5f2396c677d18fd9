package io.sounder.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sounder.protocol.endpoint.EndpointException;
import io.sounder.protocol.endpoint.Fault;
import io.sounder.server.admin.FaultControl;
import io.sounder.server.connection.CloseReason;
import io.sounder.server.fixture.Eventually;
import io.sounder.server.fixture.Lockstep;
import io.sounder.server.fixture.Lockstep.Wire;
import io.sounder.server.fixture.Peer;
import io.sounder.server.fixture.RunningServer;
import io.sounder.server.fixture.Transport;
import io.sounder.server.fixture.UdpPeer;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What was injected is what a client sees, to the byte and to the last one. */
@Timeout(120)
class FaultsTest {
  private static final int MESSAGES = 1_500;
  private static final EnumSet<Fault> OF_STREAMS =
      EnumSet.of(Fault.RST, Fault.CLOSE, Fault.DROP, Fault.TRUNCATE, Fault.CORRUPT, Fault.DUP);
  private static final EnumSet<Fault> OF_DATAGRAMS =
      EnumSet.of(Fault.DROP, Fault.TRUNCATE, Fault.CORRUPT, Fault.DUP);

  private static EnumSet<Fault> faults(Wire wire) {
    return wire.isStream() ? OF_STREAMS : OF_DATAGRAMS;
  }

  static Stream<Arguments> eachFaultOnEachWire() {
    return Stream.of(Wire.values())
        .flatMap(wire -> faults(wire).stream().map(fault -> Arguments.of(wire, fault)));
  }

  @ParameterizedTest
  @MethodSource("eachFaultOnEachWire")
  void areWhatAClientSees(Wire wire, Fault fault) throws Exception {
    try (RunningServer server =
        RunningServer.on(wire.listener(fault.text() + "=10&seed=" + fault.text().length()))) {
      Map<Fault, Integer> seen = new Lockstep(server, wire).run(MESSAGES);
      assertEquals(injected(server), seen);
      assertEquals(EnumSet.of(fault), seen.keySet());
      int count = seen.get(fault);
      assertTrue(count > 75 && count < 225, () -> count + " of " + MESSAGES + " at 10 %");
    }
  }

  @ParameterizedTest
  @EnumSource(Wire.class)
  void areWhatAClientSeesWhereThereAreAll(Wire wire) throws Exception {
    StringBuilder keys = new StringBuilder("seed=5");
    faults(wire).forEach(fault -> keys.append("&").append(fault.text()).append("=4"));
    try (RunningServer server = RunningServer.on(wire.listener(keys.toString()))) {
      Map<Fault, Integer> seen = new Lockstep(server, wire).run(MESSAGES);
      assertEquals(injected(server), seen);
      assertEquals(faults(wire), seen.keySet());
    }
  }

  @ParameterizedTest
  @EnumSource(Wire.class)
  void areTheSameForTheSameSeedHoweverManyWork(Wire wire) throws Exception {
    String listener = wire.listener("drop=5&corrupt=5&dup=5&seed=77");
    Map<Fault, Integer> alone;
    try (RunningServer server = RunningServer.with(0, true, listener)) {
      alone = new Lockstep(server, wire).run(300);
    }
    try (RunningServer server = RunningServer.with(3, false, listener)) {
      assertEquals(alone, new Lockstep(server, wire).run(300));
    }
  }

  @ParameterizedTest
  @EnumSource(Transport.class)
  void closeInOrderOnEachTransport(Transport transport) throws Exception {
    try (RunningServer server = RunningServer.on(transport.listener("framing=line&close=100"))) {
      for (int i = 1; i <= 20; i++) {
        try (Peer peer = server.connect()) {
          peer.send("hello\nand more, which must not turn the close into a reset\n");
          assertEquals("", peer.readTextToEnd());
        }
        server.awaitClosed(CloseReason.FAULT, i);
      }
      assertEquals(20, server.injected(0, Fault.CLOSE));
    }
  }

  @Test
  void neverDelayLessThanTheyShould() throws Exception {
    long delayNanos = 20_000_000;
    try (RunningServer server =
            RunningServer.on("tcp://127.0.0.1:0?delay=20ms:20&seed=8", "udp://127.0.0.1:0");
        Peer peer = server.connect()) {
      int late = 0;
      for (int i = 0; i < 200; i++) {
        long begunNanos = System.nanoTime();
        peer.assertEchoes("hello");
        late += System.nanoTime() - begunNanos >= delayNanos ? 1 : 0;
      }
      long delayed = server.injected(0, Fault.DELAY);
      assertTrue(delayed > 20, delayed + " of 200 at 20 %");
      assertTrue(late >= delayed, late + " came late, and " + delayed + " were delayed");
    }
  }

  @Test
  void reorderAsManyAsAClientSeesOutOfOrder() throws Exception {
    int bursts = 100;
    int burst = 10;
    try (RunningServer server = RunningServer.on("udp://127.0.0.1:0?reorder=20&seed=3");
        UdpPeer peer = UdpPeer.to(server.endpoint())) {
      int outOfOrder = 0;
      int highest = -1;
      int receivedCount = 0;
      for (int i = 0; i < bursts * burst; i++) {
        peer.send(Integer.toString(i));
        if (i % burst == burst - 1) {
          while (receivedCount < i) { // the last one may wait for the next
            int number = Integer.parseInt(peer.receiveText());
            outOfOrder += number < highest ? 1 : 0;
            highest = Math.max(highest, number);
            receivedCount++;
          }
        }
      }
      while (receivedCount < bursts * burst) {
        int number = Integer.parseInt(peer.receiveText());
        outOfOrder += number < highest ? 1 : 0;
        highest = Math.max(highest, number);
        receivedCount++;
      }
      Eventually.equal(outOfOrder, "reordered", () -> server.injected(0, Fault.REORDER));
      assertTrue(outOfOrder > 50, outOfOrder + " of 1000 at 20 %");
      assertTrue(peer.hasNothing());
    }
  }

  @Test
  void canBeChangedWhileItRuns() throws Exception {
    try (RunningServer server =
            RunningServer.on(
                "tcp://127.0.0.1:0?framing=line&drop=100&seed=1", "udp://127.0.0.1:0");
        Peer peer = server.connect()) {
      FaultControl faults = server.server().faults();
      String tcp = server.endpoint(0).toString();
      String udp = server.endpoint(1).toString();
      assertEquals(tcp + "?drop=100&seed=1\n" + udp + "\n", faults.list());

      peer.send("dropped\n");
      Eventually.equal(1, "messages", server::messages);
      assertEquals(tcp, faults.change(tcp));
      peer.assertEchoes("as it should be\n");
      assertEquals(udp + "?dup=100&seed=9", faults.change(udp + "?seed=9&dup=100"));
      assertEquals(tcp + "\n" + udp + "?dup=100&seed=9\n", faults.list());
      try (UdpPeer udpPeer = UdpPeer.to(server.endpoint(1))) {
        udpPeer.send("twice");
        assertEquals(
            List.of("twice", "twice"), List.of(udpPeer.receiveText(), udpPeer.receiveText()));
      }
      assertEquals(1, server.injected(0, Fault.DROP));
      Eventually.equal(1, "sent twice", () -> server.injected(1, Fault.DUP));
    }
  }

  @Test
  void stayAsTheyWereWhereTheChangeIsRefused() throws Exception {
    try (RunningServer server = RunningServer.on("tcp://127.0.0.1:0?drop=5&seed=1")) {
      FaultControl faults = server.server().faults();
      String tcp = server.endpoint().toString();
      assertThrows(EndpointException.class, () -> faults.change(tcp + "?drop=500"));
      assertThrows(EndpointException.class, () -> faults.change(tcp + "?framing=line"));
      assertThrows(EndpointException.class, () -> faults.change(tcp + "?reorder=1"));
      FaultControl.UnknownListenerException unknown =
          assertThrows(
              FaultControl.UnknownListenerException.class,
              () -> faults.change("udp://127.0.0.1:1?drop=1"));
      assertEquals("udp://127.0.0.1:1 is no listener; there is " + tcp, unknown.getMessage());
      assertEquals(tcp + "?drop=5&seed=1\n", faults.list());
    }
  }

  private static Map<Fault, Integer> injected(RunningServer server) {
    Map<Fault, Integer> injected = new EnumMap<>(Fault.class);
    Arrays.stream(Fault.values())
        .forEach(fault -> injected.put(fault, (int) server.injected(0, fault)));
    injected.values().removeIf(count -> count == 0);
    return injected;
  }
}
