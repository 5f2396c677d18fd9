package io.sounder.client.exchange;

import io.sounder.client.message.ReplyLedger;
import io.sounder.client.net.Deadline;
import io.sounder.client.net.MessageLink;
import io.sounder.client.net.NanoClock;
import io.sounder.client.outcome.ClientFailure;
import io.sounder.client.outcome.ErrorClass;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Sends all messages of a source, on a thread of its own, because a peer may want us to take its
 * replies before it takes more. The receiving thread looks at how far it is.
 */
final class Sender implements Runnable {
  private enum State {
    WAITING_FOR_INPUT,
    SENDING,
    DONE
  }

  private static final long SETTLING_NANOS = 500_000_000L;

  private final MessageLink link;
  private final MessageSource source;
  private final ReplyLedger ledger;
  private final boolean endsSending;
  private final NanoClock clock;

  private volatile State state = State.WAITING_FOR_INPUT;
  private volatile boolean moreIsKnownToCome;
  private final AtomicLong sent = new AtomicLong();
  private volatile long lastSentNanos;
  private volatile boolean peerIsTold;
  private volatile RuntimeException failure;

  /**
   * A sender.
   *
   * @param ledger told of each message before it is sent; null if nobody checks the replies
   * @param endsSending whether the peer is told when the source has ended
   */
  Sender(
      MessageLink link,
      MessageSource source,
      ReplyLedger ledger,
      boolean endsSending,
      NanoClock clock) {
    this.link = link;
    this.source = source;
    this.ledger = ledger;
    this.endsSending = endsSending;
    this.clock = clock;
    this.lastSentNanos = clock.nanoTime();
    this.moreIsKnownToCome = source.hasMore();
  }

  /** Starts the thread. It does not keep the process alive: it may wait for input for ever. */
  void start() {
    Thread thread = new Thread(this, "sender");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void run() {
    try {
      sendAll();
    } catch (RuntimeException e) {
      failure = e;
    } catch (IOException e) {
      failure =
          new ClientFailure(ErrorClass.IO, "cannot read standard input: " + e.getMessage(), e);
    } finally {
      state = State.DONE;
      link.wakeup();
    }
  }

  private void sendAll() throws IOException {
    Optional<byte[]> message = source.next();
    while (message.isPresent()) {
      moreIsKnownToCome = source.hasMore();
      state = State.SENDING;
      sendOne(message.get());
      state = State.WAITING_FOR_INPUT;
      if (moreIsKnownToCome) {
        pause(source.intervalNanos());
      }
      message = source.next();
    }
    if (endsSending) {
      peerIsTold = link.endSending();
    }
  }

  private void sendOne(byte[] message) {
    if (ledger != null) {
      ledger.onSending(message);
    }
    link.send(ByteBuffer.wrap(message));
    sent.incrementAndGet();
    lastSentNanos = clock.nanoTime();
  }

  private void pause(long nanos) {
    long end = clock.nanoTime() + nanos;
    for (long left = nanos; left > 0; left = end - clock.nanoTime()) {
      LockSupport.parkNanos(left);
    }
  }

  boolean isDone() {
    return state == State.DONE;
  }

  /** Whether the peer knows that nothing more comes. */
  boolean peerIsTold() {
    return peerIsTold;
  }

  /**
   * Whether a peer that has ended now misses something: a message that is known to be left, or one
   * that does not go out. What is just going out is given a moment.
   */
  boolean hasUnsent() {
    awaitSettled();
    return isBusy();
  }

  /** Gives what is just going out, or failing to, a moment. */
  void awaitSettled() {
    Deadline.after(clock, SETTLING_NANOS).pass(() -> !isBusy());
  }

  private boolean isBusy() {
    return state == State.SENDING || moreIsKnownToCome;
  }

  /** How many messages were sent. */
  long sent() {
    return sent.get();
  }

  long lastSentNanos() {
    return lastSentNanos;
  }

  /** What ended it early, or null. */
  RuntimeException failure() {
    return failure;
  }
}
