package io.sounder.client.load;

import java.util.ArrayDeque;

/**
 * Opens sessions in the order in which they ask, only so many at a time, so that thousands of
 * connects overflow no backlog. Belongs to its loop's thread.
 */
final class Opener {
  /** Half of the smallest backlog that is common (128). */
  static final int MAX_OPENING = 64;

  private final ArrayDeque<Session> waiting = new ArrayDeque<>();
  private int opening;

  /** A session wants to be opened; it is as soon as its turn comes. */
  void request(Session session) {
    waiting.add(session);
  }

  /** An attempt has ended, one way or the other. */
  void onAttemptEnded() {
    opening--;
  }

  /** Opens as many as may be. */
  void openNext(long nowNanos) {
    while (opening < MAX_OPENING && !waiting.isEmpty()) {
      opening++;
      waiting.poll().open(nowNanos);
    }
  }
}
