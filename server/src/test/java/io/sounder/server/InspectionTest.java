package io.sounder.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sounder.server.connection.NanoClock;
import io.sounder.server.fixture.Eventually;
import io.sounder.server.fixture.Peer;
import io.sounder.server.fixture.RunningServer;
import io.sounder.server.fixture.Transport;
import io.sounder.server.fixture.UdpPeer;
import io.sounder.server.inspect.Inspector;
import io.sounder.server.inspect.Sample;
import io.sounder.server.inspect.View;
import io.sounder.server.worker.MessageObserver;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What somebody sees who watches a listener, by what its peers send. */
@Timeout(20)
class InspectionTest {
  private final Inspector inspector = new Inspector(NanoClock.SYSTEM, InstantSource.system());
  private final List<Sample> seen = new ArrayList<>();

  private void await(View view, int messages) {
    Eventually.equal(
        messages,
        "messages seen",
        () -> {
          seen.addAll(view.take().samples());
          return seen.size();
        });
  }

  @ParameterizedTest
  @EnumSource(Transport.class)
  void aMessageIsWhatTheFramingMakesOfAStream(Transport transport) throws Exception {
    String url = transport.listener("framing=line&reply=ok&inspect=on");
    try (RunningServer server = RunningServer.observed(inspector, 1, url);
        View view = inspector.watch(server.server().listeners().get(0));
        Peer peer = server.connect()) {
      peer.send("one\ntw").send("o\r\n\n");
      assertEquals("OK...one\nOK...two\r\nOK...\n", peer.readText(25));
      await(view, 3);
      assertEquals(
          List.of("one", "two", ""),
          seen.stream().map(each -> UTF_8.decode(each.bytes().duplicate()).toString()).toList());
    }
  }

  @Test
  void aDatagramIsAMessage() throws Exception {
    try (RunningServer server =
            RunningServer.observed(inspector, 1, "udp://127.0.0.1:0?inspect=on");
        View view = inspector.watch(server.server().listeners().get(0));
        UdpPeer peer = UdpPeer.to(server.endpoint())) {
      assertEquals("hello", peer.send("hello").receiveText());
      await(view, 1);
      assertEquals("hello", UTF_8.decode(seen.get(0).bytes()).toString());
    }
  }

  @Test
  void showingAndInspectingGoTogether() throws Exception {
    List<String> shown = Collections.synchronizedList(new ArrayList<>());
    MessageObserver both =
        MessageObserver.both(
            (listener, peer, message) -> shown.add(listener.toString()), inspector);
    try (RunningServer server =
            RunningServer.observed(both, 1, "tcp://127.0.0.1:0?inspect=on", "tcp://127.0.0.1:0");
        View view = inspector.watch(server.server().listeners().get(0));
        Peer inspected = server.connect(0);
        Peer other = server.connect(1)) {
      inspected.assertEchoes("a");
      other.assertEchoes("b");
      await(view, 1);
      assertEquals(1, seen.size());
      assertEquals(List.of(server.endpoint(0).toString(), server.endpoint(1).toString()), shown);
    }
  }
}
