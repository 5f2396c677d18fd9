package io.sounder.server.worker;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sounder.protocol.endpoint.ListenerSpec;
import io.sounder.protocol.endpoint.Scheme;
import io.sounder.protocol.framing.FrameWriter;
import io.sounder.protocol.framing.Framing;
import io.sounder.protocol.framing.Message;
import io.sounder.protocol.reply.Reply;
import java.nio.ByteBuffer;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Replies that are made apart, within the budget of all connections. */
class PooledSinkTest {
  private final BufferPool pool = new BufferPool(1 << 20);
  private final PooledSink sink = new PooledSink(pool);

  @Test
  void gathersWhateverWayItComes() {
    Random random = new Random(5);
    ByteBuffer expected = ByteBuffer.allocate(100 * (2 * 2_000 + 5));
    sink.begin();
    for (int i = 0; i < 100; i++) {
      byte[] piece = new byte[random.nextInt(2_000)];
      random.nextBytes(piece);
      expected.put(piece).put(piece).put((byte) i).putInt(i);
      sink.put(ByteBuffer.wrap(piece));
      sink.put(piece);
      sink.put((byte) i);
      sink.putInt(i);
    }
    assertEquals(expected.flip(), sink.view());
  }

  @Test
  void beginsEachReplyEmptyAndGivesItsBufferBack() {
    sink.begin();
    sink.put(new byte[100_000]);
    sink.end();
    assertEquals(0, pool.takenBytes());
    sink.begin();
    assertEquals(0, sink.view().remaining());
    sink.end();
    assertEquals(0, pool.takenBytes());
  }

  @Test
  void refusesAReplyThatIsMoreThanTheBudgetLeaves() {
    ByteBuffer line = ByteBuffer.wrap(("a".repeat(50_000) + "\n").getBytes(US_ASCII));
    Message message = new Message();
    Framing.LINE.newDecoder(1 << 20).decode(line, message);
    FrameWriter writer = new FrameWriter(Framing.LINE);
    String url = "tcp://127.0.0.1:0?framing=line&reply=replace:a:" + "b".repeat(1_000);
    Reply expanding = ListenerSpec.parse(url).conversation().newReply(Scheme.TCP);
    sink.begin();
    assertThrows(
        BufferPool.BudgetExceeded.class,
        () -> writer.writeReply(expanding, line, message, null, sink));
    sink.end();
    assertEquals(0, pool.takenBytes());
  }

  @Test
  void hasNothingToGiveBackIfItCouldNotEvenBegin() {
    pool.take(1 << 20);
    assertThrows(BufferPool.BudgetExceeded.class, sink::begin);
    sink.end();
    assertEquals(1 << 20, pool.takenBytes());
  }
}
