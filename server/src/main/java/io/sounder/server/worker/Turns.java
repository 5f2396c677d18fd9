package io.sounder.server.worker;

import io.sounder.server.connection.CloseReason;
import io.sounder.server.connection.Connection;
import io.sounder.server.connection.DatagramPort;
import io.sounder.server.connection.Handoff;
import io.sounder.server.connection.NanoClock;
import io.sounder.server.count.Share;
import io.sounder.server.watch.Pulse;

/**
 * One thread's turns with whatever it has claimed, and how long replies take: from when a socket
 * was found ready until its turn is over. A turn ends when the next one begins, or with {@link
 * #onChunkDone}, so that the clock is not looked at for this alone.
 */
final class Turns {
  private final StreamTurn streamTurn;
  private final DatagramTurn datagramTurn;
  private final Handback handback;
  private final Pulse pulse;
  private final NanoClock clock;
  private final int thread;

  private Share measured; // of the last turn, until it is known when that ended
  private long readyNanos;
  private long replies;

  Turns(TurnContext context) {
    pulse = context.pulse();
    clock = context.clock();
    thread = context.thread();
    streamTurn = new StreamTurn(context);
    datagramTurn = new DatagramTurn(context);
    handback = new Handback(context);
  }

  void run(Handoff claimed) {
    pulse.beat();
    long foundNanos = claimed.readyNanos(); // the next owner's, once it is let go of
    if (claimed instanceof Connection connection) {
      long nowNanos = clock.nanoTime();
      onChunkDone(nowNanos);
      if (connection.listener().isOver()) { // one that always has more is never seen idle
        handback.close(connection, CloseReason.DRAIN_TIMEOUT);
        return;
      }
      Share share = connection.listener().counts().share(thread);
      measure(share, foundNanos, streamTurn.run(connection, nowNanos, share.tally()));
    } else {
      onChunkDone();
      DatagramPort port = (DatagramPort) claimed;
      Share share = port.listener().counts().share(thread);
      measure(share, foundNanos, datagramTurn.run(port, share.tally()));
    }
  }

  private void measure(Share share, long foundNanos, long made) {
    measured = share;
    readyNanos = foundNanos;
    replies = made;
  }

  /** What was claimed is done. */
  void onChunkDone(long nowNanos) {
    if (replies > 0) {
      measured.replyNanos().add(nowNanos - readyNanos, replies);
      replies = 0;
    }
  }

  /** The same, where nobody knows what time it is. */
  void onChunkDone() {
    if (replies > 0) {
      onChunkDone(clock.nanoTime());
    }
  }
}
