package io.sounder.server.fault;

import io.sounder.protocol.endpoint.Fault;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * The replies of one UDP socket that wait: for their time, or, one for each peer, to be overtaken.
 * Belongs to the socket's owner.
 */
public final class HeldDatagrams {
  /** As many as 50 ms of a million per second, or as three seconds of 20,000. */
  public static final int MAX_HELD = 1 << 16;

  /**
   * A reply that waits.
   *
   * @param number in the order in which the socket's replies were made
   */
  public record Held(InetSocketAddress to, ByteBuffer bytes, Treatment treatment, long number) {
    /** By time, and then by number: never 0 for two of them. */
    private int order(Held other) {
      long sooner = treatment.dueNanos() - other.treatment.dueNanos();
      return Long.signum(sooner != 0 ? sooner : number - other.number);
    }
  }

  private final TreeSet<Held> byTime = new TreeSet<>(Held::order);
  private final Map<InetSocketAddress, Held> toBeOvertaken = new HashMap<>();
  private long numbers;

  /** The number of the next reply that is made. */
  public long nextNumber() {
    return numbers++;
  }

  public int size() {
    return byTime.size();
  }

  public boolean isEmpty() {
    return byTime.isEmpty();
  }

  public boolean isFull() {
    return byTime.size() >= MAX_HELD;
  }

  /** Whether one waits already to be overtaken by the next reply to a peer. */
  public boolean isAnyToBeOvertaken(InetSocketAddress to) {
    return toBeOvertaken.containsKey(to);
  }

  public void hold(Held reply) {
    byTime.add(reply);
    if (reply.treatment.deed() == Fault.REORDER) {
      toBeOvertaken.put(reply.to, reply);
    }
  }

  /** When the next one is due; there must be one. */
  public long nextNanos() {
    return byTime.first().treatment.dueNanos();
  }

  /** Takes out one that is due, or null. */
  public Held takeDue(long nowNanos) {
    if (byTime.isEmpty() || nextNanos() - nowNanos > 0) {
      return null;
    }
    Held next = byTime.pollFirst();
    if (next.treatment.deed() == Fault.REORDER) {
      toBeOvertaken.remove(next.to);
    }
    return next;
  }

  /** Takes out the one that has now been overtaken, by a later reply to the same peer; or null. */
  public Held takeOvertaken(InetSocketAddress to, long byNumber) {
    Held held = toBeOvertaken.get(to);
    if (held == null || byNumber <= held.number) {
      return null;
    }
    toBeOvertaken.remove(to);
    byTime.remove(held);
    return held;
  }

  /** Takes all out. */
  public void clear(Consumer<Held> each) {
    byTime.forEach(each);
    byTime.clear();
    toBeOvertaken.clear();
  }
}
