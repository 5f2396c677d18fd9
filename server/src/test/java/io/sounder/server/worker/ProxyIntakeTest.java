package io.sounder.server.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.sounder.server.connection.Connection;
import io.sounder.server.fixture.Eventually;
import io.sounder.server.fixture.LooseConnection;
import io.sounder.server.fixture.ProxyHeaders;
import io.sounder.server.worker.ProxyIntake.Result;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What is taken off a connection that begins with a PROXY header, and what is left in its socket.
 */
@Timeout(30)
class ProxyIntakeTest {
  private final BufferPool pool = new BufferPool(1 << 20);
  private final ProxyIntake intake = new ProxyIntake(pool);
  private LooseConnection loose;
  private SocketChannel peer;
  private Connection connection;

  @BeforeEach
  void connect() throws IOException {
    loose = new LooseConnection("tcp://127.0.0.1:0?proxy-protocol=required", 64 << 10);
    peer = loose.peer();
    connection = loose.connection();
  }

  @AfterEach
  void close() throws IOException {
    loose.close();
  }

  static Stream<byte[]> headers() {
    return Stream.of(
        ProxyHeaders.v1(),
        ProxyHeaders.v2(),
        ProxyHeaders.from("2001:db8::1"),
        ProxyHeaders.text("PROXY UNKNOWN\r\n"),
        ProxyHeaders.binary(0x20, 0, ""),
        ProxyHeaders.ofLength(4096));
  }

  @ParameterizedTest
  @MethodSource("headers")
  void leavesWhatFollowsInTheSocket(byte[] header) throws IOException {
    send(ProxyHeaders.then(header, "\r\nthe conversation"));
    assertEquals(Result.HEADER, readUntil(header.length));
    ByteBuffer rest = ByteBuffer.allocate(100);
    connection.channel().read(rest);
    assertEquals(
        "\r\nthe conversation",
        new String(rest.array(), 0, rest.position(), StandardCharsets.UTF_8));
    assertEquals(0, pool.takenBytes());
  }

  @ParameterizedTest
  @MethodSource("headers")
  void keepsTheBeginningWithTheConnectionWhereverItIsCut(byte[] header) throws IOException {
    int step = Math.max(1, header.length / 100);
    int sent = 0;
    while (sent < header.length) {
      int more = Math.min(step, header.length - sent);
      send(Arrays.copyOfRange(header, sent, sent + more));
      sent += more;
      Result expected = sent < header.length ? Result.INCOMPLETE : Result.HEADER;
      assertEquals(expected, readUntil(more), "after " + sent);
      if (sent < header.length) {
        assertNotNull(connection.input());
      }
    }
    assertNull(connection.input());
    assertEquals(0, pool.takenBytes());
  }

  @Test
  void keepsNothingWhileNothingHasCome() throws IOException {
    assertEquals(Result.INCOMPLETE, intake.read(connection));
    assertNull(connection.input());
    assertEquals(0, pool.takenBytes());
  }

  @Test
  void tellsAPeerThatOnlyLooksFromOneThatBreaksOff() throws IOException {
    peer.shutdownOutput();
    assertEquals(Result.NOTHING, readUntilEnd());
  }

  @Test
  void refusesAHeaderThatIsCutOff() throws IOException {
    send(ProxyHeaders.text("PROXY TCP4 203.0.113.9 "));
    peer.shutdownOutput();
    assertEquals(Result.MALFORMED, readUntilEnd());
    assertEquals("it is cut off", intake.problem());
    assertEquals(0, pool.takenBytes());
  }

  private void send(byte[] bytes) throws IOException {
    ByteBuffer left = ByteBuffer.wrap(bytes);
    while (left.hasRemaining()) {
      peer.write(left);
    }
  }

  /** Loopback delivers at once, but nothing promises that. */
  private Result readUntil(int bytes) {
    int[] received = {0};
    Result[] result = {null};
    Eventually.isTrue(
        bytes + " bytes",
        () -> {
          result[0] = read();
          received[0] += intake.received();
          return received[0] >= bytes;
        });
    assertEquals(bytes, received[0]);
    return result[0];
  }

  private Result readUntilEnd() {
    Result[] result = {null};
    Eventually.isTrue(
        "the end",
        () -> {
          result[0] = read();
          return result[0] != Result.INCOMPLETE;
        });
    return result[0];
  }

  private Result read() {
    try {
      return intake.read(connection);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
