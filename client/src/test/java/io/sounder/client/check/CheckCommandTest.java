package io.sounder.client.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sounder.client.fixture.DatagramServer;
import io.sounder.client.fixture.Run;
import io.sounder.client.fixture.StreamServer;
import io.sounder.client.fixture.StreamServer.Peer;
import io.sounder.client.fixture.StreamServer.Transport;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class CheckCommandTest {
  @ParameterizedTest
  @EnumSource
  void printsEachStepWithItsTimeAndBothAddresses(Transport transport) throws IOException {
    try (StreamServer server = StreamServer.start(transport, Peer::echo)) {
      List<String> lines = Run.of("check", server.target()).succeeded().lines().toList();

      assertEquals(4, lines.size(), () -> lines.toString());
      assertTrue(lines.get(0).matches("resolve +[0-9.]+ ms  .+"), lines.get(0));
      assertTrue(lines.get(1).matches("connect +[0-9.]+ ms  done"), lines.get(1));
      assertTrue(lines.get(2).startsWith("Connected from "), lines.get(2));
      assertTrue(lines.get(3).startsWith("Connected to   "), lines.get(3));
      assertTrue(server.target().endsWith(lines.get(3).substring(15)), lines.get(3));
    }
  }

  @Test
  void withoutTheKeyReplyItConnectsAndLeavesWithoutAByte() throws IOException {
    CompletableFuture<String> came = new CompletableFuture<>();
    try (StreamServer server = StreamServer.tcp(peer -> came.complete(peer.read()))) {
      Run.of("check", server.target()).succeeded();

      assertEquals("", came.join());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"?reply=echo", "?reply=echo&framing=line", "?reply=echo&framing=length"})
  void withTheKeyReplyItMakesARoundTripAndVerifiesIt(String keys) throws IOException {
    try (StreamServer server = StreamServer.tcp(Peer::echo)) {
      String out = Run.of("check", server.target() + keys).succeeded();

      assertTrue(out.contains("sent 13 bytes, received 13, as they should be"), out);
    }
  }

  @Test
  void aWrongReplyAnEarlyCloseAndSilenceAreToldApart() throws IOException {
    try (StreamServer echo = StreamServer.tcp(Peer::echo);
        StreamServer closing = StreamServer.tcp(Peer::read);
        StreamServer silent =
            StreamServer.tcp(
                peer -> {
                  peer.read();
                  peer.read();
                })) {
      Run.of("check", echo.target() + "?reply=ok").failed(5, "'OK...sounder check' was due");
      Run.of("check", closing.target() + "?reply=echo").failed(7, "closed-early");
      Run.of("check", silent.target() + "?reply=echo").failed(7, "reply-timeout");
    }
  }

  @Test
  void overUdpARoundTripTellsThereNotThereAndDroppedApart() throws IOException {
    String gone;
    try (DatagramServer server = DatagramServer.echo();
        DatagramServer silent = DatagramServer.start((datagram, number) -> List.of())) {
      gone = server.target();
      assertTrue(Run.of("check", gone).succeeded().contains("received 13"));
      Run.of("check", silent.target()).failed(7, "reply-timeout", "dropped on the way");
    }
    Run.of("check", gone).failed(3, "refused", "ICMP port unreachable");
  }

  @Test
  void printsTheSocketsOptionsWhenAsked() throws IOException {
    try (StreamServer server = StreamServer.tcp(Peer::echo)) {
      String plain = Run.of("check", server.target()).succeeded();
      String verbose =
          Run.of("check", server.target() + "?nodelay=off&linger=4s", "-v").succeeded();

      assertFalse(plain.contains("TCP_NODELAY"), plain);
      assertTrue(verbose.contains("TCP_NODELAY = false"), verbose);
      assertTrue(verbose.contains("SO_LINGER = 4"), verbose);
      assertTrue(verbose.contains("SO_KEEPALIVE = true"), verbose);
    }
  }

  @Test
  void aServerOfTheTimeSpeaksFirst() throws IOException {
    try (StreamServer server = StreamServer.tcp(peer -> peer.out().write(new byte[4]))) {
      String out = Run.of("check", server.target() + "?reply=time").succeeded();

      assertTrue(out.contains("received 4, as they should be"), out);
    }
  }

  @Test
  void stepsThatWereDoneArePrintedBeforeTheOneThatFails() throws IOException {
    String gone;
    try (StreamServer server = StreamServer.tcp(Peer::echo)) {
      gone = server.target();
    }

    Run run = Run.of("check", gone);

    run.failed(3, "refused", "start the server");
    assertEquals(1, run.out().lines().count(), run.out());
    assertTrue(run.out().startsWith("resolve"), run.out());
  }
}
