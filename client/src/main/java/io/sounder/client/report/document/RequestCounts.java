package io.sounder.client.report.document;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The ledger: how each request ended.
 *
 * @param errors by class; with the other ways to end they add up to {@code sent}
 * @param wrong by kind: corrupt replies, and strays, which answer nothing
 * @param oldestPendingNanos how long the oldest pending request has waited
 */
public record RequestCounts(
    long planned,
    long unsent,
    long sent,
    long ok,
    long corrupt,
    long late,
    long lost,
    long refused,
    long pending,
    long duplicates,
    long reordered,
    Map<String, Long> errors,
    Map<String, Long> wrong,
    long oldestPendingNanos) {
  public RequestCounts {
    errors = Collections.unmodifiableMap(new LinkedHashMap<>(errors));
    wrong = Collections.unmodifiableMap(new LinkedHashMap<>(wrong));
  }

  /** Requests that ended in an error of any class. */
  public long failed() {
    return errors.values().stream().mapToLong(Long::longValue).sum();
  }

  /** Requests whose reply did not come, or not in time, or was wrong. */
  public long notOk() {
    return sent - ok;
  }

  /** How many requests the ledger has lost: 0, or something is wrong with it. */
  public long unaccounted() {
    return sent - ok - corrupt - late - lost - refused - failed() - pending;
  }

  /**
   * The sum of two ledgers.
   *
   * @throws ArithmeticException if a count does not fit 64 bits
   */
  public RequestCounts plus(RequestCounts other) {
    return new RequestCounts(
        Math.addExact(planned, other.planned),
        Math.addExact(unsent, other.unsent),
        Math.addExact(sent, other.sent),
        Math.addExact(ok, other.ok),
        Math.addExact(corrupt, other.corrupt),
        Math.addExact(late, other.late),
        Math.addExact(lost, other.lost),
        Math.addExact(refused, other.refused),
        Math.addExact(pending, other.pending),
        Math.addExact(duplicates, other.duplicates),
        Math.addExact(reordered, other.reordered),
        sum(errors, other.errors),
        sum(wrong, other.wrong),
        Math.max(oldestPendingNanos, other.oldestPendingNanos));
  }

  static Map<String, Long> sum(Map<String, Long> one, Map<String, Long> other) {
    Map<String, Long> sum = new LinkedHashMap<>(one);
    other.forEach((name, count) -> sum.merge(name, count, Math::addExact));
    return sum;
  }
}
