package io.sounder.server.reactor;

import io.sounder.server.connection.Handoff;
import io.sounder.server.connection.Interest;
import io.sounder.server.connection.Request;
import io.sounder.server.fixture.ModelChecks;
import io.sounder.server.fixture.Token;
import io.sounder.server.worker.ReadyQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The life of one socket, step by step in every order: it never has two owners, and what arrives
 * for it is never forgotten.
 */
@Tag("model")
class HandoffModelTest {
  private static final int MOST_ROUNDS = 10;

  @Test
  void forgetsNothingWhenOwnersReleaseIt() {
    ModelChecks.explore(() -> new Socket(Interest.READ, false).run());
  }

  @Test
  void forgetsNothingWhenOwnersWaitToWrite() {
    ModelChecks.explore(() -> new Socket(Interest.WRITE, false).run());
  }

  @Test
  void forgetsNothingWhenOwnersAskForAnotherTurn() {
    ModelChecks.explore(() -> new Socket(Interest.READ, true).run());
  }

  /** A socket, the reactor that watches it, and two that would own it. */
  private static final class Socket {
    private final ReadyQueue queue = new ReadyQueue(2);
    private final Mailbox mailbox = new Mailbox();
    private final Token token = new Token(1);
    private final AtomicInteger unread = new AtomicInteger();
    private final AtomicInteger owners = new AtomicInteger();
    private final Interest firstWanted;
    private final boolean asksForTurn;
    private int turns; // plain: it is the hand-off that publishes it

    Socket(Interest firstWanted, boolean asksForTurn) {
      this.firstWanted = firstWanted;
      this.asksForTurn = asksForTurn;
      token.onArmed(Interest.READ);
    }

    void run() {
      ModelChecks.atOnce(this::react, this::own, this::own);
      for (int i = 0; i < MOST_ROUNDS; i++) { // afterwards, one after the other
        reactOnce();
        own();
      }
      if (unread.get() > 0 || !token.isIdle()) {
        throw new IllegalStateException(
            "forgotten: " + unread + " unread, watched for " + token.armed());
      }
    }

    private void react() {
      for (int i = 0; i < 2; i++) {
        unread.incrementAndGet();
        reactOnce();
      }
    }

    private void reactOnce() {
      if (token.armed() == Interest.READ && unread.get() > 0) {
        onReady();
      }
      mailbox.deliver(this::onLetGo);
    }

    private void onReady() {
      if (tryHandOff()) {
        return;
      }
      if (token.tryMark()) {
        token.onArmed(Interest.NOTHING);
      } else {
        tryHandOff();
      }
    }

    private boolean tryHandOff() {
      if (!token.tryHand()) {
        return false;
      }
      if (!queue.tryOffer(token)) {
        throw new IllegalStateException("queued twice");
      }
      return true;
    }

    private void onLetGo(Handoff letGo) {
      letGo.onArmed(letGo.wanted());
      letGo.settle();
      if (letGo.request() == Request.QUEUE_AGAIN) {
        tryHandOff();
      } else if (letGo.wanted() == Interest.WRITE) {
        letGo.onArmed(Interest.READ); // writable at once
        tryHandOff();
      }
    }

    private void own() {
      if (queue.claim(new Handoff[1]) == 0) {
        return;
      }
      if (owners.incrementAndGet() != 1) {
        throw new IllegalStateException("two owners");
      }
      unread.set(0);
      boolean isFirst = turns++ == 0;
      owners.decrementAndGet();
      Interest wanted = isFirst ? firstWanted : Interest.READ;
      if (isFirst && asksForTurn) {
        letGo(Request.QUEUE_AGAIN, wanted);
      } else if (!token.tryRelease(wanted)) {
        letGo(Request.WATCH, wanted);
      }
    }

    private void letGo(Request request, Interest wanted) {
      token.letGo(request, wanted);
      mailbox.post(token);
    }
  }
}
