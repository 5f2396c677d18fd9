package io.sounder.client.load;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sounder.client.load.stats.LoopStatistics;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Pipe;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LookoutTest {
  private static final long START = 1_000_000_000_000L;
  private static final long MILLI = 1_000_000L;
  private static final long NOW = 0; // the next request is due: look, and do not wait

  private final List<Long> stalls = new ArrayList<>();
  private long nowNanos = START;
  private long sinceNanos; // what is served may have been there since
  private Selector selector;
  private Pipe pipe;
  private Lookout lookout;

  @BeforeEach
  void open() throws IOException {
    selector = Selector.open();
    pipe = Pipe.open();
    pipe.source().configureBlocking(false).register(selector, SelectionKey.OP_READ);
    lookout =
        new Lookout(
            () -> nowNanos, selector, new LoopStatistics(true), this::onReady, new StallsOnly());
  }

  @AfterEach
  void close() throws IOException {
    lookout.close();
    pipe.sink().close();
    pipe.source().close();
    selector.close();
  }

  private void onReady(SelectionKey key) {
    sinceNanos = lookout.readySinceNanos();
    try {
      pipe.source().read(ByteBuffer.allocate(8));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private void reply() throws IOException {
    pipe.sink().write(ByteBuffer.allocate(1));
  }

  private void lookAfter(long nanos) throws IOException {
    nowNanos += nanos;
    lookout.await(NOW);
  }

  @Test
  void aStallThatKeptAReplyWaitingIsTold() throws IOException {
    lookAfter(MILLI / 10);
    reply();
    lookAfter(90 * MILLI);
    assertEquals(List.of(90 * MILLI), stalls);
    assertEquals(START + MILLI / 10, sinceNanos, "it may have come right after the look before");
  }

  @Test
  void aStallInWhichNoReplyCameIsNotHeldAgainstThoseThatComeLater() throws IOException {
    lookAfter(90 * MILLI);
    reply();
    lookAfter(MILLI / 10);
    assertEquals(List.of(), stalls);
  }

  /** Takes note of stalls; nothing is planned. */
  private final class StallsOnly implements Pacer {
    @Override
    public boolean isOpenLoop() {
      return false;
    }

    @Override
    public void onStall(long nanos) {
      stalls.add(nanos);
    }

    @Override
    public boolean claim(long nowNanos) {
      return false;
    }

    @Override
    public long claimedNanos() {
      return 0;
    }

    @Override
    public long lagNanos(long roomSinceNanos, long sentNanos) {
      return 0;
    }

    @Override
    public long untilNextNanos(long nowNanos) {
      return NEVER;
    }

    @Override
    public boolean isExhausted() {
      return false;
    }

    @Override
    public long tellUnsent(LoopStatistics statistics, long noRoomUntilNanos, long nowNanos) {
      return 0;
    }
  }
}
