package io.sounder.server.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sounder.server.connection.Handoff;
import io.sounder.server.fixture.Token;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** First in, first out, bounded, and each to one claimer. */
class ReadyQueueTest {
  @Test
  void givesOutInOrderUpToTheChunk() {
    ReadyQueue queue = new ReadyQueue(8);
    for (int i = 0; i < 5; i++) {
      assertTrue(queue.tryOffer(new Token(i)));
    }
    assertEquals(5, queue.size());
    assertEquals(List.of(0, 1, 2), claim(queue, 3));
    assertEquals(List.of(3, 4), claim(queue, 3));
    assertEquals(List.of(), claim(queue, 3));
    assertTrue(queue.isEmpty());
  }

  @Test
  void refusesWhatItHasNoRoomForUntilSomethingWasClaimed() {
    ReadyQueue queue = new ReadyQueue(4);
    Token[] tokens = new Token[5];
    for (int i = 0; i < 5; i++) {
      tokens[i] = new Token(i);
      assertEquals(i < 4, queue.tryOffer(tokens[i]));
    }
    Handoff[] chunk = new Handoff[1];
    assertEquals(1, queue.claim(chunk));
    assertSame(tokens[0], chunk[0]);
    assertTrue(queue.tryOffer(tokens[4]));
    assertFalse(queue.tryOffer(tokens[0]));
    assertEquals(List.of(1, 2, 3, 4), claim(queue, 8));
  }

  @ParameterizedTest
  @ValueSource(
      longs = {0, Integer.MAX_VALUE - 3L, (1L << 32) - 3, Long.MAX_VALUE - 3, Long.MIN_VALUE, -3})
  void worksWhereItsPositionsWrapAround(long firstPosition) {
    ReadyQueue queue = new ReadyQueue(4, firstPosition);
    for (int round = 0; round < 10; round++) {
      for (int i = 0; i < 4; i++) {
        assertTrue(queue.tryOffer(new Token(round * 4 + i)));
      }
      assertFalse(queue.tryOffer(new Token(-1)));
      assertEquals(4, queue.size());
      int first = round * 4;
      assertEquals(List.of(first, first + 1, first + 2), claim(queue, 3));
      assertEquals(List.of(first + 3), claim(queue, 3));
    }
  }

  @Test
  void wantsAPowerOfTwo() {
    assertThrows(IllegalArgumentException.class, () -> new ReadyQueue(6));
    assertThrows(IllegalArgumentException.class, () -> new ReadyQueue(0));
  }

  @ParameterizedTest
  @CsvSource({"1, 5000", "4, 30000", "64, 300000"})
  @Timeout(60)
  void givesEachToExactlyOneOfManyClaimers(int capacity, int count) throws Exception {
    ReadyQueue queue = new ReadyQueue(capacity, Long.MAX_VALUE - count / 2);
    AtomicIntegerArray claims = new AtomicIntegerArray(count);
    List<CompletableFuture<Integer>> claiming = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      int chunkLength = 1 + 3 * i;
      claiming.add(CompletableFuture.supplyAsync(() -> claimAll(queue, chunkLength, claims)));
    }
    for (int i = 0; i < count; i++) {
      Token token = new Token(i);
      while (!queue.tryOffer(token)) {
        Thread.onSpinWait();
      }
    }
    int outOfOrder = 0;
    for (CompletableFuture<Integer> each : claiming) {
      outOfOrder += each.get(20, TimeUnit.SECONDS);
    }
    assertEquals(0, outOfOrder, "what one claimer gets comes in order");
    for (int i = 0; i < count; i++) {
      assertEquals(1, claims.get(i), "claims of token " + i);
    }
  }

  /** Without a producer that holds them up, claimers meet at nearly every position. */
  @RepeatedTest(10)
  @Timeout(60)
  void givesEachToExactlyOneWhenAllGrabAtOnce() throws Exception {
    int count = 1 << 18;
    ReadyQueue queue = new ReadyQueue(count);
    AtomicIntegerArray claims = new AtomicIntegerArray(count);
    for (int i = 0; i < count; i++) {
      assertTrue(queue.tryOffer(new Token(i)));
    }
    CyclicBarrier start = new CyclicBarrier(2);
    List<CompletableFuture<Integer>> claiming = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      claiming.add(
          CompletableFuture.supplyAsync(
              () -> {
                await(start);
                return claimAll(queue, 1, claims);
              },
              task -> new Thread(task).start()));
    }
    for (CompletableFuture<Integer> each : claiming) {
      assertEquals(0, each.get(20, TimeUnit.SECONDS), "what one claimer gets comes in order");
    }
    for (int i = 0; i < count; i++) {
      assertEquals(1, claims.get(i), "claims of token " + i);
    }
  }

  private static void await(CyclicBarrier start) {
    try {
      start.await();
    } catch (InterruptedException | BrokenBarrierException e) {
      throw new AssertionError(e);
    }
  }

  private static int claimAll(ReadyQueue queue, int chunkLength, AtomicIntegerArray claims) {
    Handoff[] chunk = new Handoff[chunkLength];
    int outOfOrder = 0;
    int previous = -1;
    while (claims.get(claims.length() - 1) == 0) { // the last one is given out last
      int count = queue.claim(chunk);
      for (int i = 0; i < count; i++) {
        int number = ((Token) chunk[i]).number();
        claims.incrementAndGet(number);
        outOfOrder += number > previous ? 0 : 1;
        previous = number;
      }
    }
    return outOfOrder;
  }

  private static List<Integer> claim(ReadyQueue queue, int chunkLength) {
    Handoff[] chunk = new Handoff[chunkLength];
    int count = queue.claim(chunk);
    List<Integer> numbers = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      numbers.add(((Token) chunk[i]).number());
    }
    return numbers;
  }
}
