package io.sounder.client.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sounder.client.fixture.DatagramServer;
import io.sounder.client.fixture.Loopback;
import io.sounder.client.outcome.ClientFailure;
import io.sounder.client.outcome.ErrorClass;
import io.sounder.client.outcome.UsageException;
import io.sounder.client.wire.Wiring;
import io.sounder.protocol.endpoint.TargetSpec;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class DatagramLinkTest {
  private static final long PATIENCE_NANOS = 5_000_000_000L;

  private final ByteBuffer buffer = ByteBuffer.allocate(65536);

  static Stream<InetAddress> loopbackAddresses() {
    return Stream.of(Loopback.V4, Loopback.V6);
  }

  @ParameterizedTest
  @MethodSource("loopbackAddresses")
  void anEmptyDatagramGoesOutAndItsEmptyAnswerComesBack(InetAddress address) throws IOException {
    try (DatagramServer server =
            DatagramServer.start(address, (datagram, number) -> List.of(datagram));
        DatagramLink link = open(server.target())) {
      link.send(ByteBuffer.allocate(0));

      assertEquals(0, link.receive(buffer, patience()));
      assertEquals(List.of(""), server.received());
    }
  }

  @Test
  void theLargestDatagramGoesThereAndBack() throws IOException {
    try (DatagramServer server = DatagramServer.echo();
        DatagramLink link = open(server.target())) {
      link.send(ByteBuffer.allocate(65_507));

      assertEquals(65_507, link.receive(buffer, patience()));
    }
  }

  @Test
  void oneByteMoreIsAUsageError() throws IOException {
    try (DatagramServer server = DatagramServer.echo();
        DatagramLink link = open(server.target())) {
      assertThrows(UsageException.class, () -> link.send(ByteBuffer.allocate(65_508)));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void aRefusalIsToldFromADrop(int size) throws IOException {
    String target;
    try (DatagramServer gone = DatagramServer.echo()) {
      target = gone.target();
    }
    try (DatagramLink link = open(target)) {
      link.send(ByteBuffer.allocate(size));

      ClientFailure failure =
          assertThrows(ClientFailure.class, () -> link.receive(buffer, patience()));
      assertEquals(ErrorClass.REFUSED, failure.errorClass());
    }
  }

  @Test
  void silenceIsNothingAtTheDeadline() throws IOException {
    try (DatagramServer server = DatagramServer.start((datagram, number) -> List.of());
        DatagramLink link = open(server.target())) {
      link.send(ByteBuffer.allocate(1));

      Deadline soon = Deadline.after(NanoClock.SYSTEM, 20_000_000L);
      assertEquals(DatagramLink.NOTHING, link.receive(buffer, soon));
    }
  }

  @Test
  void aWakeUpEndsTheWaiting() throws IOException {
    try (DatagramServer server = DatagramServer.echo();
        DatagramLink link = open(server.target())) {
      link.wakeup();

      assertEquals(DatagramLink.NOTHING, link.receive(buffer, Deadline.never()));
    }
  }

  private static DatagramLink open(String target) {
    return Dialer.standard(Wiring.PLAIN).open(TargetSpec.parse(target));
  }

  private static Deadline patience() {
    return Deadline.after(NanoClock.SYSTEM, PATIENCE_NANOS);
  }
}
