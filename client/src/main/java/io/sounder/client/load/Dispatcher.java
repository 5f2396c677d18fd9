package io.sounder.client.load;

import java.util.ArrayDeque;

/**
 * Hands requests that are due to the connections that have room for one, in turn, so that those
 * that are overdue after a pause are spread over all of them. Belongs to its loop's thread.
 */
final class Dispatcher {
  /** Then replies are read, whose times would suffer from waiting. */
  static final int MAX_SENDS_PER_CYCLE = 64;

  private final Pacer pacer;
  private final ArrayDeque<Session> withRoom = new ArrayDeque<>();

  Dispatcher(Pacer pacer) {
    this.pacer = pacer;
  }

  /** A session has room for a request, for which none is due; it must not be in line already. */
  void offer(Session session) {
    withRoom.add(session);
  }

  /** Whether any session waits for a request. */
  boolean hasRoom() {
    return !withRoom.isEmpty();
  }

  /** Begins what is due, as far as there is room. */
  void dispatch(long nowNanos) {
    for (int i = 0; i < MAX_SENDS_PER_CYCLE && !withRoom.isEmpty(); i++) {
      if (pacer.untilNextNanos(nowNanos) > 0) {
        return;
      }
      withRoom.poll().onDue();
    }
  }
}
