package io.sounder.server.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sounder.server.connection.Connection;
import io.sounder.server.fixture.LooseConnection;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How much is read at once, from a peer that sends without an end. */
@Timeout(30)
class InboundTest {
  private static final int READS = 200;

  private LooseConnection loose;
  private SocketChannel peer;
  private Connection connection;

  @BeforeEach
  void connect() throws Exception {
    loose = new LooseConnection("tcp://127.0.0.1:0", Inbound.LARGEST_READ);
    peer = loose.peer();
    peer.configureBlocking(false);
    connection = loose.connection();
  }

  @AfterEach
  void close() throws Exception {
    loose.close();
  }

  @Test
  void readsInLargePiecesWhileMemoryIsPlentiful() throws Exception {
    int largest = largestOf(READS, new BufferPool(2 * Inbound.LARGEST_READ));
    assertTrue(largest > Inbound.MODEST_READ, "read " + largest + " at most");
  }

  @Test
  void readsInSmallPiecesOnceHalfOfTheBudgetCouldBeTaken() throws Exception {
    BufferPool tight = new BufferPool(2 * Inbound.LARGEST_READ);
    tight.take(1);
    assertEquals(Inbound.MODEST_READ, largestOf(READS, tight));
  }

  @Test
  void readsInTheSmallestPiecesWhenMostOfTheBudgetIsTaken() throws Exception {
    BufferPool tight = new BufferPool(16 * Inbound.LARGEST_READ);
    tight.take(12 * Inbound.LARGEST_READ);
    assertEquals(Inbound.MODEST_READ, largestOf(READS, tight));
    tight.take(1);
    assertEquals(Inbound.SMALL_READ, largestOf(READS, tight));
  }

  @Test
  void readsBehindWhatIsHeldInSmallPiecesToo() throws Exception {
    BufferPool tight = new BufferPool(8 * Inbound.LARGEST_READ);
    Inbound inbound = new Inbound(tight);
    connection.input(tight.take(4 * Inbound.LARGEST_READ).put((byte) 1));
    ByteBuffer bytes = ByteBuffer.allocate(Inbound.LARGEST_READ);
    int largest = 0;
    for (int i = 0; i < 10; i++) {
      while (peer.write(bytes.clear()) > 0) {}
      largest = Math.max(largest, inbound.read(connection));
    }
    assertEquals(Inbound.MODEST_READ, largest);
  }

  private int largestOf(int reads, BufferPool pool) throws Exception {
    Inbound inbound = new Inbound(pool);
    ByteBuffer bytes = ByteBuffer.allocate(4 * Inbound.LARGEST_READ);
    int largest = 0;
    for (int i = 0; i < reads; i++) {
      while (peer.write(bytes.clear()) > 0) {}
      largest = Math.max(largest, inbound.read(connection));
      assertEquals(inbound.received().remaining(), inbound.received().limit());
    }
    return largest;
  }
}
