package io.sounder.server.fault;

import io.sounder.protocol.endpoint.Fault;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;

/**
 * What one connection keeps of its listener's faults: how far its chance is, and the replies that
 * wait for their time, in order. Belongs to the connection's owner.
 *
 * <p>A reply waits until it is due and, on a slow line, until the line has had the time for it;
 * those behind it wait too. One that is not sent, or ends the connection, has its place in the row,
 * so that what was to go before it goes.
 */
public final class StreamFaults {
  /** With so much waiting, no more messages are answered: it is as much as one read may give. */
  static final int ENOUGH_BYTES = 64 << 10;

  /** Small replies, and those that will not be sent, cost more than their bytes. */
  static final int ENOUGH_REPLIES = 1024;

  private record Waiting(Treatment treatment, int size) {}

  private final ArrayDeque<Waiting> waiting = new ArrayDeque<>();
  private final Pace pace = new Pace();

  private FaultPlan plan;
  private Chance chance;
  private long drawn;

  private ByteBuffer bytes; // of all that waits, from position to limit
  private int sent; // of the first one's bytes
  private boolean ending;

  /** Draws for the connection's next reply; under another plan, from its beginning. */
  public Verdict draw(FaultPlan current, long connectionNumber) {
    if (plan != current) {
      plan = current;
      chance = current.connection(connectionNumber);
      drawn = 0;
    }
    return plan.draw(chance, drawn++);
  }

  /** Whether a reply waits. */
  public boolean isHolding() {
    return !waiting.isEmpty();
  }

  /** Whether no more replies may be made: enough of them wait, or the last one ends it all. */
  public boolean isFull() {
    return ending
        || waiting.size() >= ENOUGH_REPLIES
        || (bytes != null && bytes.remaining() >= ENOUGH_BYTES);
  }

  /** The bytes of all replies that wait, in a buffer that is the caller's to provide. */
  public ByteBuffer bytes() {
    return bytes;
  }

  public void bytes(ByteBuffer held) {
    bytes = held;
  }

  /** Puts a reply behind those that wait; the caller adds its bytes to the others. */
  public void hold(Treatment treatment, int size) {
    Waiting before = waiting.peekLast();
    waiting.add(
        new Waiting(before == null ? treatment : treatment.notBefore(before.treatment), size));
    ending |= endsConnection(treatment.deed());
    if (before == null) {
      beginFirst();
    }
  }

  /** Whether a fault ends the connection on which it is injected. */
  public static boolean endsConnection(Fault deed) {
    return deed == Fault.CLOSE || deed == Fault.RST || deed == Fault.TRUNCATE;
  }

  /**
   * How many bytes of the first reply may go now, maybe none; -1 if it is not due, or there is
   * none.
   */
  public int sendable(long nowNanos) {
    Waiting first = waiting.peekFirst();
    if (first == null || first.treatment.dueNanos() - nowNanos > 0) {
      return -1;
    }
    int left = first.size - sent;
    return first.treatment.slowBytesPerSecond() == 0 ? left : pace.allowed(left, nowNanos);
  }

  /** Notes that so many bytes of the first reply are gone; what was done, if these were all. */
  public Treatment onSent(int count) {
    Waiting first = waiting.getFirst();
    sent += count;
    if (first.treatment.slowBytesPerSecond() > 0) {
      pace.onSent(count);
    }
    if (sent < first.size) {
      return null;
    }
    waiting.removeFirst();
    beginFirst();
    return first.treatment;
  }

  private void beginFirst() {
    sent = 0;
    Waiting first = waiting.peekFirst();
    if (first != null && first.treatment.slowBytesPerSecond() > 0) {
      pace.begin(first.treatment.slowBytesPerSecond(), first.treatment.dueNanos());
    }
  }

  /** When to look at the first reply again; there must be one. */
  public long nextNanos() {
    Waiting first = waiting.getFirst();
    return first.treatment.slowBytesPerSecond() == 0
        ? first.treatment.dueNanos()
        : pace.nextNanos(first.size - sent);
  }
}
