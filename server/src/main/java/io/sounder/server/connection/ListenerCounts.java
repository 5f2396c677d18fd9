package io.sounder.server.connection;

import io.sounder.server.count.Share;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;

/** What has happened on one listener. Anyone may count and read; it only grows. */
public final class ListenerCounts {
  /** The reactor's share; workers have those from 1. */
  public static final int REACTOR = 0;

  private static final int MAX_THREADS = 1 + 1024; // as many workers as there may be

  private final LongAdder accepted = new LongAdder();
  private final LongAdder secured = new LongAdder();
  private final LongAdder datagrams = new LongAdder();
  private final Map<Refusal, LongAdder> refused = adders(Refusal.class);
  private final Map<CloseReason, LongAdder> closed = adders(CloseReason.class);
  private final Map<DatagramDrop, LongAdder> dropped = adders(DatagramDrop.class);
  private final AtomicReferenceArray<Share> shares = new AtomicReferenceArray<>(MAX_THREADS);

  private static <E extends Enum<E>> Map<E, LongAdder> adders(Class<E> reasons) {
    Map<E, LongAdder> adders = new EnumMap<>(reasons);
    for (E reason : reasons.getEnumConstants()) {
      adders.put(reason, new LongAdder());
    }
    return adders;
  }

  public void onAccepted() {
    accepted.increment();
  }

  public void onRefused(Refusal reason) {
    refused.get(reason).increment();
  }

  public void onClosed(CloseReason reason) {
    closed.get(reason).increment();
  }

  /** A TLS handshake was completed. */
  public void onSecured() {
    secured.increment();
  }

  public void onDatagrams(long count) {
    datagrams.add(count);
  }

  public void onDropped(DatagramDrop reason) {
    dropped.get(reason).increment();
  }

  /** A thread's own share of the work, made when it asks for the first time. */
  public Share share(int thread) {
    Share share = shares.getAcquire(thread);
    if (share == null) {
      share = new Share();
      shares.setRelease(thread, share);
    }
    return share;
  }

  /** What the reactor has done, if it has done anything, and no one else. */
  public List<Share> reactorShare() {
    return shares(REACTOR, REACTOR + 1);
  }

  /** What each worker has done that has done anything. */
  public List<Share> workerShares() {
    return shares(REACTOR + 1, MAX_THREADS);
  }

  private List<Share> shares(int from, int to) {
    return IntStream.range(from, to).mapToObj(shares::get).filter(Objects::nonNull).toList();
  }

  public long accepted() {
    return accepted.sum();
  }

  public long refused(Refusal reason) {
    return refused.get(reason).sum();
  }

  public long closed(CloseReason reason) {
    return closed.get(reason).sum();
  }

  public long secured() {
    return secured.sum();
  }

  public long datagrams() {
    return datagrams.sum();
  }

  public long dropped(DatagramDrop reason) {
    return dropped.get(reason).sum();
  }
}
