package io.sounder.server.inspect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sounder.protocol.endpoint.ListenerSpec;
import io.sounder.server.connection.Listener;
import io.sounder.server.fixture.ManualClock;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is copied of what arrives, how much of it, and for whom. */
@Timeout(20)
class InspectorTest {
  private static final Duration LOOK = Duration.ofMillis(100);
  private static final int LOOKS_PER_SECOND = 10;

  private final ManualClock clock = new ManualClock();
  private final Inspector inspector =
      new Inspector(clock, InstantSource.fixed(Instant.ofEpochMilli(1234)));
  private final Listener listener = listener("tcp://127.0.0.1:1?inspect=on");

  private static Listener listener(String url) {
    ListenerSpec spec = ListenerSpec.parse(url);
    return new Listener(spec, spec.endpoint(), 1, "host", InstantSource.system());
  }

  /** As an owner does for each message that arrives. */
  private void arrive(Listener at, String peer, String text) {
    if (inspector.wants(at)) {
      inspector.onMessage(at, () -> peer, ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
    }
  }

  private static List<String> texts(Batch batch) {
    return batch.samples().stream()
        .map(sample -> StandardCharsets.UTF_8.decode(sample.bytes().duplicate()).toString())
        .toList();
  }

  @Test
  void showsWhatArrivesWhileItIsWatched() {
    arrive(listener, "p", "before");
    View view = inspector.watch(listener);
    arrive(listener, "p", "a");
    arrive(listener, "p", "b");
    assertEquals(List.of("a", "b"), texts(view.take()));
    assertEquals(new Batch(0, List.of()), view.take());
    arrive(listener, "p", "c");
    assertEquals(List.of("c"), texts(view.take()));
  }

  @Test
  void saysWhenItCameAndFromWhomAndHowLongItIsButKeepsAKibibyte() {
    View view = inspector.watch(listener);
    ByteBuffer message = ByteBuffer.allocate(5000);
    Arrays.fill(message.array(), (byte) 'x');
    message.position(10).limit(4000);
    inspector.wants(listener);
    inspector.onMessage(listener, () -> "1.2.3.4:5", message);
    Sample sample = view.take().samples().get(0);
    assertEquals(1234, sample.epochMillis());
    assertEquals("1.2.3.4:5", sample.peer());
    assertEquals(3990, sample.size());
    assertEquals(ByteBuffer.wrap(message.array(), 10, 1024), sample.bytes());
    assertEquals(10, message.position(), "it is left as it was");
  }

  @Test
  void wantsNothingThatNobodyWatches() {
    assertFalse(inspector.wants(listener), "nobody has come");
    View one = inspector.watch(listener);
    View other = inspector.watch(listener);
    assertTrue(inspector.wants(listener));
    one.close();
    one.close();
    assertTrue(inspector.wants(listener), "one is left");
    other.close();
    assertFalse(inspector.wants(listener), "all are gone");
  }

  @Test
  void wantsNothingOfAListenerThatDoesNotAllowIt() {
    Listener other = listener("tcp://127.0.0.1:2");
    inspector.watch(listener);
    assertFalse(inspector.wants(other));
    assertThrows(IllegalArgumentException.class, () -> inspector.watch(other));
    assertFalse(inspector.wants(other));
  }

  @Test
  void keepsListenersApart() {
    Listener other = listener("tcp://127.0.0.1:2?inspect=on");
    View view = inspector.watch(listener);
    View otherView = inspector.watch(other);
    arrive(other, "p", "there");
    arrive(listener, "p", "here");
    assertEquals(List.of("here"), texts(view.take()));
    assertEquals(List.of("there"), texts(otherView.take()));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 50, 190})
  void showsEverythingThatCanBeRead(int perSecond) {
    View view = inspector.watch(listener);
    int shown = 0;
    for (int i = 1; i <= 3 * perSecond; i++) {
      clock.advance(Duration.ofSeconds(1).dividedBy(perSecond));
      arrive(listener, "p", "m");
      shown += view.take().samples().size();
    }
    assertEquals(3 * perSecond, shown);
  }

  @Test
  void showsABurstThatComesOnceASecond() {
    View view = inspector.watch(listener);
    for (int second = 0; second < 3; second++) {
      for (int i = 0; i < 150; i++) {
        arrive(listener, "p", "m");
      }
      assertEquals(150, view.take().samples().size(), "in second " + second);
      for (int look = 0; look < LOOKS_PER_SECOND; look++) {
        clock.advance(LOOK);
        assertEquals(0, view.take().samples().size());
      }
    }
  }

  @Test
  void picksTwoHundredASecondOfManyMoreAndCountsThemExactly() {
    View view = inspector.watch(listener);
    long arrived = 0;
    long shown = 0;
    for (int look = 0; look < 11 * LOOKS_PER_SECOND; look++) {
      for (int i = 0; i < 5123; i++) {
        arrive(listener, "p", "m");
      }
      clock.advance(LOOK);
      Batch batch = view.take();
      if (look >= LOOKS_PER_SECOND) { // in the first second it finds its rate
        arrived += batch.arrived();
        shown += batch.samples().size();
      }
    }
    assertEquals(10L * LOOKS_PER_SECOND * 5123, arrived);
    assertTrue(shown >= 1800 && shown <= 2000, shown + " in ten seconds");
  }

  /** Of peers that take turns, every n-th message would always be the same one's. */
  @Test
  void picksOfAllPeersAlike() {
    View view = inspector.watch(listener);
    int peers = 4;
    int[] shown = new int[peers];
    for (int look = 0; look < 20 * LOOKS_PER_SECOND; look++) {
      for (int i = 0; i < 4000; i++) {
        arrive(listener, Integer.toString(i % peers), "m");
      }
      clock.advance(LOOK);
      for (Sample sample : view.take().samples()) {
        shown[Integer.parseInt(sample.peer())]++;
      }
    }
    for (int count : shown) {
      assertTrue(count > 850 && count < 1150, () -> "of 1,000 each: " + Arrays.toString(shown));
    }
  }

  /** A browser that is gone, but whose connection is not, costs nothing more. */
  @Test
  void copiesNoMoreForSomebodyWhoDoesNotRead() {
    View view = inspector.watch(listener);
    int copied = 0;
    for (int i = 0; i < 100_000; i++) {
      clock.advance(Duration.ofMillis(1));
      if (inspector.wants(listener)) {
        copied++;
      }
    }
    assertEquals(200, copied);
    view.close();
  }

  @Test
  void givesEverybodyTheSame() {
    View one = inspector.watch(listener);
    View other = inspector.watch(listener);
    arrive(listener, "p", "a");
    assertEquals(List.of("a"), texts(one.take()));
    arrive(listener, "p", "b");
    assertEquals(List.of("b"), texts(one.take()));
    assertEquals(List.of("a", "b"), texts(other.take()));
  }

  @Test
  void countsAndShowsEachOnceThoughOwnersAreMany() throws InterruptedException {
    int owners = 4;
    int messages = 40_000;
    View view = inspector.watch(listener);
    CountDownLatch started = new CountDownLatch(1);
    List<Thread> threads = new ArrayList<>();
    for (int owner = 0; owner < owners; owner++) {
      Thread thread =
          new Thread(
              () -> {
                try {
                  started.await();
                } catch (InterruptedException e) {
                  return;
                }
                for (int i = 0; i < messages; i++) {
                  arrive(listener, "p", Integer.toString(i));
                }
              });
      thread.start();
      threads.add(thread);
    }
    started.countDown();
    long arrived = 0;
    long next = 0;
    while (threads.stream().anyMatch(Thread::isAlive) || arrived < (long) owners * messages) {
      clock.advance(LOOK);
      Batch batch = view.take();
      arrived += batch.arrived();
      for (Sample sample : batch.samples()) {
        assertTrue(sample.position() >= next, "once, and in order");
        next = sample.position() + 1;
      }
    }
    assertEquals((long) owners * messages, arrived);
  }
}
