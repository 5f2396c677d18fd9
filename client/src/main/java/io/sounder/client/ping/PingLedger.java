package io.sounder.client.ping;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What became of each ping, by its sequence number. At every moment sent = received + refused +
 * lost + outstanding; duplicates, wrong and late replies are counted beside it. Not thread-safe.
 */
final class PingLedger {
  /** What a right reply turned out to be. */
  enum Arrival {
    IN_ORDER,
    /** A later one came before it. */
    OUT_OF_ORDER,
    /** It had come already. */
    DUPLICATE,
    /** It had been given up. */
    LATE
  }

  private final long timeoutNanos;
  private final Map<Integer, Long> outstanding = new LinkedHashMap<>(); // when sent, oldest first
  private final BitSet answered = new BitSet();
  private final RoundTripTimes times = new RoundTripTimes();
  private int sent;
  private int highestAnswered;
  private int refused;
  private int lost;
  private int late;
  private int duplicates;
  private int outOfOrder;
  private int wrong;

  /**
   * A ledger.
   *
   * @param timeoutNanos a ping without reply for so long is given up
   */
  PingLedger(long timeoutNanos) {
    this.timeoutNanos = timeoutNanos;
  }

  /** The number of the next ping, from 1. */
  int nextSequence() {
    return sent + 1;
  }

  void onSent(long nowNanos) {
    sent++;
    outstanding.put(sent, nowNanos);
  }

  /** A right reply to a ping came. */
  Arrival onReply(int sequence, long nowNanos) {
    Long sentNanos = outstanding.remove(sequence);
    if (sentNanos == null) {
      return onUnexpected(sequence);
    }
    answered.set(sequence);
    times.add(nowNanos - sentNanos);
    boolean overtaken = sequence < highestAnswered;
    highestAnswered = Math.max(highestAnswered, sequence);
    outOfOrder += overtaken ? 1 : 0;
    return overtaken ? Arrival.OUT_OF_ORDER : Arrival.IN_ORDER;
  }

  private Arrival onUnexpected(int sequence) {
    if (answered.get(sequence)) {
      duplicates++;
      return Arrival.DUPLICATE;
    }
    answered.set(sequence);
    late++;
    return Arrival.LATE;
  }

  /** A reply came that is right for no ping. */
  void onWrong() {
    wrong++;
  }

  /** The oldest outstanding ping was refused; its number. */
  OptionalInt onRefused() {
    OptionalInt oldest = oldestOutstanding();
    oldest.ifPresent(
        sequence -> {
          outstanding.remove(sequence);
          refused++;
        });
    return oldest;
  }

  /** Gives up what has waited for too long; the numbers given up. */
  List<Integer> expire(long nowNanos) {
    List<Integer> givenUp = new ArrayList<>();
    for (Iterator<Map.Entry<Integer, Long>> each = outstanding.entrySet().iterator();
        each.hasNext(); ) {
      Map.Entry<Integer, Long> ping = each.next();
      if (nowNanos - ping.getValue() < timeoutNanos) {
        break;
      }
      givenUp.add(ping.getKey());
      each.remove();
    }
    lost += givenUp.size();
    return givenUp;
  }

  /** Gives up all that is outstanding; the numbers given up. */
  List<Integer> giveUpAll() {
    List<Integer> givenUp = outstandingSequences();
    outstanding.clear();
    lost += givenUp.size();
    return givenUp;
  }

  /** When a ping was sent, if it is still outstanding. */
  Optional<Long> sentNanos(int sequence) {
    return Optional.ofNullable(outstanding.get(sequence));
  }

  List<Integer> outstandingSequences() {
    return List.copyOf(outstanding.keySet());
  }

  OptionalInt oldestOutstanding() {
    return outstanding.keySet().stream().mapToInt(Integer::intValue).findFirst();
  }

  boolean hasOutstanding() {
    return !outstanding.isEmpty();
  }

  int sent() {
    return sent;
  }

  /** Right replies that came in time, duplicates not counted. */
  int received() {
    return sent - refused - lost - outstanding.size();
  }

  int refused() {
    return refused;
  }

  int late() {
    return late;
  }

  int duplicates() {
    return duplicates;
  }

  int outOfOrder() {
    return outOfOrder;
  }

  int wrong() {
    return wrong;
  }

  RoundTripTimes times() {
    return times;
  }
}
