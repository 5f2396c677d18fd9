package io.sounder.client.load.stats;

import io.sounder.client.load.verify.Wrong;
import io.sounder.client.outcome.ErrorClass;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * How each request ended. At every moment, on every transport:
 *
 * <pre>
 *   sent = ok + corrupt + late + lost + refused + errors + pending
 * </pre>
 *
 * <p>where {@code corrupt} counts the requests whose reply was wrong in any way, and {@code errors}
 * those that ended without one, by class. Over UDP a request that is not answered in time is lost,
 * and late if it is answered after all; on a stream it is an error of class {@code reply-timeout}.
 * Duplicates, reordered replies and strays, which answer nothing, are counted beside it.
 *
 * <p>Belongs to one thread.
 */
public final class Ledger {
  private final Map<ErrorClass, Long> errors = new EnumMap<>(ErrorClass.class);
  private final Map<Wrong, Long> wrong = new EnumMap<>(Wrong.class);
  private final Map<Wrong, Long> strays = new EnumMap<>(Wrong.class);

  private long sent;
  private long ok;
  private long corrupt;
  private long late;
  private long lost;
  private long refused;
  private long pending;
  private long duplicates;
  private long reordered;
  private long bytesSent;
  private long bytesReceived;

  void onSent() {
    sent++;
    pending++;
  }

  void onOk() {
    pending--;
    ok++;
  }

  void onCorrupt(Wrong kind) {
    pending--;
    corrupt++;
    wrong.merge(kind, 1L, Long::sum);
  }

  void onLost() {
    pending--;
    lost++;
  }

  /** A lost request was answered after all. */
  void onLate() {
    lost--;
    late++;
  }

  void onRefused() {
    pending--;
    refused++;
  }

  void onFailed(ErrorClass errorClass) {
    pending--;
    errors.merge(errorClass, 1L, Long::sum);
  }

  void onStray(Wrong kind) {
    wrong.merge(kind, 1L, Long::sum);
    strays.merge(kind, 1L, Long::sum);
  }

  void onDuplicate() {
    duplicates++;
  }

  void onReordered() {
    reordered++;
  }

  void onBytesSent(long bytes) {
    bytesSent += bytes;
  }

  void onBytesReceived(long bytes) {
    bytesReceived += bytes;
  }

  /** Adds another ledger to this one. */
  public void add(Ledger other) {
    sent += other.sent;
    ok += other.ok;
    corrupt += other.corrupt;
    late += other.late;
    lost += other.lost;
    refused += other.refused;
    pending += other.pending;
    duplicates += other.duplicates;
    reordered += other.reordered;
    bytesSent += other.bytesSent;
    bytesReceived += other.bytesReceived;
    other.errors.forEach((errorClass, count) -> errors.merge(errorClass, count, Long::sum));
    other.wrong.forEach((kind, count) -> wrong.merge(kind, count, Long::sum));
    other.strays.forEach((kind, count) -> strays.merge(kind, count, Long::sum));
  }

  public Ledger copy() {
    Ledger copy = new Ledger();
    copy.add(this);
    return copy;
  }

  /** What was counted since an earlier copy was made; the identity holds for it too. */
  public Ledger since(Ledger earlier) {
    Ledger difference = new Ledger();
    difference.subtract(earlier);
    difference.add(this);
    difference.errors.values().removeIf(count -> count == 0);
    difference.wrong.values().removeIf(count -> count == 0);
    difference.strays.values().removeIf(count -> count == 0);
    return difference;
  }

  private void subtract(Ledger other) {
    sent -= other.sent;
    ok -= other.ok;
    corrupt -= other.corrupt;
    late -= other.late;
    lost -= other.lost;
    refused -= other.refused;
    pending -= other.pending;
    duplicates -= other.duplicates;
    reordered -= other.reordered;
    bytesSent -= other.bytesSent;
    bytesReceived -= other.bytesReceived;
    other.errors.forEach((errorClass, count) -> errors.merge(errorClass, -count, Long::sum));
    other.wrong.forEach((kind, count) -> wrong.merge(kind, -count, Long::sum));
    other.strays.forEach((kind, count) -> strays.merge(kind, -count, Long::sum));
  }

  /** Whether the identity holds. */
  public boolean isBalanced() {
    return sent == ok + corrupt + late + lost + refused + failed() + pending;
  }

  /** Whether a reply was wrong, or there was too much. */
  public boolean hasWrongReplies() {
    return corrupt > 0 || duplicates > 0 || !wrong.isEmpty() || error(ErrorClass.PROTOCOL) > 0;
  }

  /** Whether a request has gone without its reply, or did not get it in time. */
  public boolean hasFailures() {
    return late + lost + refused + pending + failed() > 0;
  }

  public long sent() {
    return sent;
  }

  public long ok() {
    return ok;
  }

  public long corrupt() {
    return corrupt;
  }

  public long late() {
    return late;
  }

  public long lost() {
    return lost;
  }

  public long refused() {
    return refused;
  }

  public long pending() {
    return pending;
  }

  public long duplicates() {
    return duplicates;
  }

  public long reordered() {
    return reordered;
  }

  public long bytesSent() {
    return bytesSent;
  }

  public long bytesReceived() {
    return bytesReceived;
  }

  /** Requests that ended in an error of any class. */
  public long failed() {
    return errors.values().stream().mapToLong(Long::longValue).sum();
  }

  public long error(ErrorClass errorClass) {
    return errors.getOrDefault(errorClass, 0L);
  }

  /** The classes of error that occurred, with their counts. */
  public Map<ErrorClass, Long> errors() {
    return Collections.unmodifiableMap(errors);
  }

  /** The kinds of wrong that occurred, with their counts: corrupt replies and strays. */
  public Map<Wrong, Long> wrong() {
    return Collections.unmodifiableMap(wrong);
  }

  /** Those of {@link #wrong} that answer no request, with their counts. */
  public Map<Wrong, Long> strays() {
    return Collections.unmodifiableMap(strays);
  }
}
