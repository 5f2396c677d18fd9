package io.sounder.server.worker;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.IdentityHashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Sizes, reuse, and what is not kept. */
class BufferPoolTest {
  private final BufferPool pool = new BufferPool(1L << 30);

  @ParameterizedTest
  @CsvSource({
    "0, 1024",
    "1, 1024",
    "1024, 1024",
    "1025, 2048",
    "2048, 2048",
    "2049, 4096",
    "40000, 65536",
    "65535, 65536",
    "65536, 65536",
    "65537, 131072",
    "262144, 262144"
  })
  void givesTheSmallestPowerOfTwoThatIsEnough(int bytes, int capacity) {
    ByteBuffer buffer = pool.take(bytes);
    assertEquals(capacity, buffer.capacity());
    assertEquals(capacity, buffer.remaining());
    assertTrue(buffer.isDirect());
  }

  @ParameterizedTest
  @CsvSource({"262145", "1048576", "16777221"})
  void givesLargerOnesFromTheHeapAndKeepsNone(int bytes) {
    ByteBuffer buffer = pool.take(bytes);
    assertFalse(buffer.isDirect());
    assertEquals(bytes, buffer.remaining());
    pool.give(buffer);
    assertNotSame(buffer, pool.take(bytes));
  }

  @Test
  void givesOneThatCameBackToTheNextOfThatSizeAsIfItWereNew() {
    ByteBuffer buffer = pool.take(3000);
    buffer.putLong(1).flip();
    pool.give(buffer);
    assertNotSame(buffer, pool.take(1000));
    ByteBuffer again = pool.take(4000);
    assertSame(buffer, again);
    assertEquals(0, again.position());
    assertEquals(4096, again.limit());
  }

  @Test
  void neverGivesOneToTwo() {
    IdentityHashMap<ByteBuffer, Boolean> taken = new IdentityHashMap<>();
    for (int i = 0; i < 10; i++) {
      taken.put(pool.take(1024), true);
    }
    assertEquals(10, taken.size());
  }

  @Test
  void keepsNoMoreThanFourMebibytesOfEachSize() {
    ByteBuffer[] buffers = new ByteBuffer[65];
    for (int i = 0; i < buffers.length; i++) {
      buffers[i] = pool.take(64 << 10);
    }
    IdentityHashMap<ByteBuffer, Boolean> mine = new IdentityHashMap<>();
    for (ByteBuffer each : buffers) {
      mine.put(each, true);
      pool.give(each); // the last one finds no room, and that is no error
    }
    int pooled = 0;
    while (mine.containsKey(pool.take(64 << 10))) {
      pooled++;
    }
    assertEquals(64, pooled);
  }

  @ParameterizedTest
  @CsvSource({"1000, 3000", "1000, 100000", "70000, 200000"})
  void growsWithItsContent(int from, int to) {
    byte[] content = new byte[from];
    content[from - 1] = 9;
    ByteBuffer grown = pool.grow(pool.take(from).put(content), to);
    assertEquals(from, grown.position());
    assertTrue(grown.remaining() >= to - from);
    byte[] kept = new byte[from];
    grown.flip().get(kept);
    assertArrayEquals(content, kept);
  }

  @Test
  void givesNobodyMoreThanTheBudgetLeaves() {
    BufferPool small = new BufferPool(128 << 10);
    ByteBuffer first = small.take(64 << 10);
    small.take(64 << 10);
    assertThrows(BufferPool.BudgetExceeded.class, () -> small.take(1));
    small.give(first);
    assertEquals(1 << 10, small.take(1).capacity());
    assertEquals(65 << 10, small.takenBytes());
  }

  @Test
  void leavesHalfOfTheBudgetToThoseThatCannotDoWithout() {
    BufferPool small = new BufferPool(128 << 10);
    assertTrue(small.hasSpare(64 << 10));
    assertFalse(small.hasSpare((64 << 10) + 1));
    ByteBuffer spare = small.takeSpare(64 << 10);
    assertFalse(small.hasSpare(1));
    assertThrows(BufferPool.BudgetExceeded.class, () -> small.takeSpare(1));
    small.take(64 << 10);
    small.give(spare);
    assertThrows(BufferPool.BudgetExceeded.class, () -> small.takeSpare(1), "the others' half");
  }

  @Test
  void saysWhenLittleIsLeft() {
    BufferPool small = new BufferPool(64 << 10);
    small.take(32 << 10);
    small.take(16 << 10);
    assertFalse(small.isTight(), "three quarters are not too much");
    small.take(1);
    assertTrue(small.isTight());
    small.take(4 << 10);
    small.take(2 << 10);
    assertFalse(small.isShort());
    small.take(1);
    small.take(1);
    assertTrue(small.isShort());
  }

  @Test
  void budgetsAQuarterOfAGibibyteOrHalfOfTheHeap() {
    long half = Runtime.getRuntime().maxMemory() / 2;
    assertEquals(half, BufferPool.largestBudgetBytes());
    assertEquals(Math.min(256L << 20, half), BufferPool.defaultBudgetBytes());
  }

  @Test
  void goesToTheHeapWhenAQuarterOfTheBudgetIsDirect() {
    BufferPool small = new BufferPool(256 << 10);
    assertTrue(small.take(64 << 10).isDirect());
    assertFalse(small.take(64 << 10).isDirect());
  }
}
