package io.sounder.server.reactor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sounder.server.connection.Handoff;
import io.sounder.server.connection.Interest;
import io.sounder.server.connection.Request;
import io.sounder.server.fixture.Token;
import io.sounder.server.worker.ReadyQueue;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The hand-off under load: a reactor that reports sockets as an epoll would, and owners that let go
 * of them in every way there is.
 */
@Timeout(60)
class HandoffStressTest {
  private static final int SOCKETS = 12;
  private static final int OWNERS = 3;
  private static final int EVENTS = 200_000;

  private final ReadyQueue queue = new ReadyQueue(16);
  private final Mailbox mailbox = new Mailbox();
  private final Token[] sockets = new Token[SOCKETS];
  private final AtomicInteger[] unread = new AtomicInteger[SOCKETS];
  private final AtomicInteger[] owners = new AtomicInteger[SOCKETS];
  private final long[] handled = new long[SOCKETS]; // plain: it is the hand-off that publishes it
  private final AtomicLong doubleOwners = new AtomicLong();
  private final AtomicInteger marks = new AtomicInteger();
  private volatile boolean stopped;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void neverHasTwoOwnersAndLosesNothing(long seed) throws Exception {
    for (int i = 0; i < SOCKETS; i++) {
      sockets[i] = new Token(i);
      sockets[i].onArmed(Interest.READ);
      unread[i] = new AtomicInteger();
      owners[i] = new AtomicInteger();
    }
    CompletableFuture<?>[] working = new CompletableFuture<?>[OWNERS];
    for (int i = 0; i < OWNERS; i++) {
      Random random = new Random(seed * 31 + i);
      working[i] = CompletableFuture.runAsync(() -> own(random));
    }
    try {
      react(new Random(seed));
    } finally {
      stopped = true;
    }
    CompletableFuture.allOf(working).get(10, TimeUnit.SECONDS);

    assertEquals(0, doubleOwners.get());
    long sum = 0;
    for (long each : handled) {
      sum += each;
    }
    assertEquals(EVENTS, sum);
    assertTrue(marks.get() > 0, "the seed did not come to the case that matters");
  }

  /** The reactor's side: what is unread and watched is reported again and again. */
  private void react(Random random) {
    int made = 0;
    while (made < EVENTS || !allDone()) {
      if (made < EVENTS) {
        unread[random.nextInt(SOCKETS)].incrementAndGet();
        made++;
      }
      for (Token socket : sockets) {
        if (socket.armed() == Interest.READ && unread[socket.number()].get() > 0) {
          onReady(socket);
        }
      }
      mailbox.deliver(this::onLetGo);
    }
  }

  private boolean allDone() {
    for (Token socket : sockets) {
      if (!socket.isIdle() || unread[socket.number()].get() > 0) {
        return false;
      }
    }
    return true;
  }

  private void onReady(Handoff ready) {
    if (tryHandOff(ready)) {
      return;
    }
    if (ready.tryMark()) {
      marks.incrementAndGet();
      ready.onArmed(Interest.NOTHING);
    } else {
      tryHandOff(ready);
    }
  }

  private boolean tryHandOff(Handoff idle) {
    if (!idle.tryHand()) {
      return false;
    }
    assertTrue(queue.tryOffer(idle), "there is room for all of them");
    return true;
  }

  private void onLetGo(Handoff letGo) {
    letGo.onArmed(letGo.wanted());
    letGo.settle();
    if (letGo.request() == Request.QUEUE_AGAIN) {
      tryHandOff(letGo);
    } else if (letGo.wanted() == Interest.WRITE) {
      letGo.onArmed(Interest.READ); // writable at once
      tryHandOff(letGo);
    }
  }

  private void own(Random random) {
    Handoff[] chunk = new Handoff[3];
    while (!stopped) {
      int count = queue.claim(chunk);
      for (int i = 0; i < count; i++) {
        turn((Token) chunk[i], random.nextInt(10));
      }
    }
  }

  private void turn(Token socket, int how) {
    int number = socket.number();
    if (owners[number].incrementAndGet() != 1) {
      doubleOwners.incrementAndGet();
    }
    handled[number] += unread[number].getAndSet(0);
    owners[number].decrementAndGet();
    Interest wanted = how == 0 ? Interest.WRITE : Interest.READ;
    if (how == 1) {
      letGo(socket, Request.QUEUE_AGAIN, Interest.READ);
    } else if (!socket.tryRelease(wanted)) {
      letGo(socket, Request.WATCH, wanted);
    }
  }

  private void letGo(Token socket, Request request, Interest wanted) {
    socket.letGo(request, wanted);
    mailbox.post(socket);
  }
}
