package io.sounder.client.time;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sounder.client.fixture.DatagramServer;
import io.sounder.client.fixture.Run;
import io.sounder.client.fixture.StreamServer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimeCommandTest {
  @ParameterizedTest
  @CsvSource({
    "2208988800, 1970-01-01T00:00:00Z",
    "3976214400, 2026-01-01T00:00:00Z",
    "4294967295, 2036-02-07T06:28:15Z",
    "0, 2036-02-07T06:28:16Z",
  })
  void printsTheMomentLocallyAndInUtc(long wire, String utc) throws IOException {
    byte[] answer = ByteBuffer.allocate(4).putInt((int) wire).array();
    try (DatagramServer udp = DatagramServer.start((datagram, number) -> List.of(answer));
        StreamServer tcp = StreamServer.tcp(peer -> peer.out().write(answer))) {
      List<String> overUdp = Run.of("time", udp.target()).succeeded().lines().toList();
      List<String> overTcp = Run.of("time", tcp.target()).succeeded().lines().toList();

      assertEquals(overUdp, overTcp);
      assertEquals("utc    " + utc, overUdp.get(1));
      assertTrue(
          overUdp
              .get(0)
              .matches("local  [A-Z][a-z]{2} [A-Z][a-z]{2} \\d+ \\d\\d:\\d\\d:\\d\\d \\d{4} \\S+"),
          overUdp.get(0));
      assertEquals(List.of(""), udp.received(), "an empty datagram is what asks");
    }
  }

  @Test
  void asksAgainWhenNothingComes() throws IOException {
    byte[] answer = new byte[4];
    try (DatagramServer server =
        DatagramServer.start((datagram, number) -> number == 1 ? List.of() : List.of(answer))) {
      Run.of("time", server.target(), "--retries", "1").succeeded();

      assertEquals(List.of("", ""), server.received());
    }
  }

  @Test
  void givesUpAfterTheLastRetry() throws IOException {
    try (DatagramServer server = DatagramServer.start((datagram, number) -> List.of())) {
      Run.of("time", server.target(), "--retries", "0")
          .failed(7, "reply-timeout", "nothing came for 1 datagram");
    }
  }

  @ParameterizedTest
  @CsvSource({"3, 00 01 02", "5, 00 01 02 03 04", "0, 0 bytes"})
  void aWrongSizeIsAnErrorThatShowsSizeAndBytes(int size, String shown) throws IOException {
    byte[] answer = new byte[size];
    for (int i = 0; i < size; i++) {
      answer[i] = (byte) i;
    }
    try (DatagramServer udp = DatagramServer.start((datagram, number) -> List.of(answer));
        StreamServer tcp = StreamServer.tcp(peer -> peer.out().write(answer))) {
      Run.of("time", udp.target()).failed(5, "protocol", size + " bytes", shown);
      int tcpCode = size == 0 ? 7 : 5;
      String tcpShown = size == 0 ? "closed-early: the server closed without a byte" : shown;
      Run.of("time", tcp.target()).failed(tcpCode, tcpShown);
    }
  }

  @Test
  void nobodyThereIsRefused() throws IOException {
    String gone;
    try (DatagramServer server = DatagramServer.echo()) {
      gone = server.target();
    }
    Run.of("time", gone).failed(3, "refused");
  }
}
