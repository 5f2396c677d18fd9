package io.sounder.server.metrics;

import io.sounder.server.connection.CloseReason;
import io.sounder.server.connection.DatagramDrop;
import io.sounder.server.connection.ListenerCounts;
import io.sounder.server.connection.Refusal;
import io.sounder.server.count.LogBuckets;
import java.util.EnumMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * What happened, by reason. What happens for each message is counted by the threads' own tallies
 * instead.
 */
public final class Counters {
  private final LongAdder accepted = new LongAdder();
  private final Map<Refusal, LongAdder> refused = adders(Refusal.class);
  private final Map<CloseReason, LongAdder> closed = adders(CloseReason.class);
  private final LongAdder secured = new LongAdder();
  private final LongAdder acceptPauses = new LongAdder();
  private final LongAdder datagrams = new LongAdder();
  private final Map<DatagramDrop, LongAdder> dropped = adders(DatagramDrop.class);
  private final LongAdder cycles = new LongAdder();
  private final LongAdder usefulPolls = new LongAdder();
  private final LongAdder futilePolls = new LongAdder();
  private final LongAdder pollingNanos = new LongAdder();
  private final LongAdder usefulWakeUps = new LongAdder();
  private final LongAdder futileWakeUps = new LongAdder();
  private final LongAdder shownDropped = new LongAdder();
  private final LongAdder adminRefused = new LongAdder();
  private final LongAdder logDropped = new LongAdder();
  private final Map<ThreadRole, LongAdder> stalls = adders(ThreadRole.class);
  private final LongAdder stallsEnded = new LongAdder();
  private final LogBuckets cycleNanos = LogBuckets.ofNanos();
  private final LogBuckets batchSizes = LogBuckets.ofCounts();
  private final Map<String, ListenerCounts> listeners = new ConcurrentHashMap<>();
  private final ReloadCounts reloads = new ReloadCounts();
  private volatile boolean ready = true;
  private volatile boolean stopping;

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

  /** Accepting was paused, because the system gave no more descriptors. */
  public void onAcceptPaused() {
    acceptPauses.increment();
  }

  public void onDatagrams(long count) {
    datagrams.add(count);
  }

  public void onDropped(DatagramDrop reason) {
    dropped.get(reason).increment();
  }

  /** The reactor went once through its loop. */
  public void onCycle() {
    cycles.increment();
  }

  /** The reactor: a cycle that found so many sockets ready took so long after that. */
  public void onBusyCycle(long nanos, int found) {
    cycleNanos.add(nanos, 1);
    batchSizes.add(found, 1);
  }

  /** The reactor polled for so long before it would have slept, and had something to do or not. */
  public void onPolled(long nanos, boolean useful) {
    (useful ? usefulPolls : futilePolls).increment();
    pollingNanos.add(nanos);
  }

  /** A worker was woken; it was useful if there was something to claim. */
  public void onWakeUp(boolean useful) {
    (useful ? usefulWakeUps : futileWakeUps).increment();
  }

  /** A message was not shown, because whoever reads our standard output is too slow. */
  public void onShowDropped() {
    shownDropped.increment();
  }

  /** Somebody asked for an admin page who may not. */
  public void onAdminRefused() {
    adminRefused.increment();
  }

  /** A line of the log was not written, because there was no room for it, or it failed. */
  public void onLogLineDropped() {
    logDropped.increment();
  }

  /** A thread was seen to be stuck. */
  public void onStall(ThreadRole role) {
    stalls.get(role).increment();
  }

  /** A thread that was stuck gets on. */
  public void onStallEnded() {
    stallsEnded.increment();
  }

  /** Whether the service should be sent traffic, as last looked at. */
  public void onReadiness(boolean isReady) {
    ready = isReady;
  }

  /** The service was asked to stop, and should be sent no more traffic. */
  public void onStopping() {
    stopping = true;
  }

  /**
   * The counts of a listener, kept for as long as the process lives: one that takes the place of
   * another goes on with its counts.
   *
   * @param name where it listens
   */
  public ListenerCounts ofListener(String name) {
    return listeners.computeIfAbsent(name, each -> new ListenerCounts());
  }

  /** The counts of each listener that there is or was, by name. */
  public SortedMap<String, ListenerCounts> ofListeners() {
    return new TreeMap<>(listeners);
  }

  /** How long cycles took in which something was found, in nanoseconds. */
  public LogBuckets cycleNanos() {
    return cycleNanos;
  }

  /** How many sockets such cycles found. */
  public LogBuckets batchSizes() {
    return batchSizes;
  }

  /** How often the configuration was read again. */
  public ReloadCounts reloads() {
    return reloads;
  }

  public long cycles() {
    return cycles.sum();
  }

  public long polls(boolean useful) {
    return (useful ? usefulPolls : futilePolls).sum();
  }

  /** For how long the reactor has polled. */
  public long pollingNanos() {
    return pollingNanos.sum();
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

  /** How many connections were let in and have ended, for whatever reason. */
  public long closed() {
    return closed.values().stream().mapToLong(LongAdder::sum).sum();
  }

  /** How many connections are open. */
  public long open() {
    return accepted() - refused.values().stream().mapToLong(LongAdder::sum).sum() - closed();
  }

  /** How many TLS handshakes were completed. */
  public long secured() {
    return secured.sum();
  }

  public long acceptPauses() {
    return acceptPauses.sum();
  }

  public long datagrams() {
    return datagrams.sum();
  }

  public long dropped(DatagramDrop reason) {
    return dropped.get(reason).sum();
  }

  public long wakeUps(boolean useful) {
    return (useful ? usefulWakeUps : futileWakeUps).sum();
  }

  public long showDropped() {
    return shownDropped.sum();
  }

  public long adminRefused() {
    return adminRefused.sum();
  }

  public long logLinesDropped() {
    return logDropped.sum();
  }

  public long stalls(ThreadRole role) {
    return stalls.get(role).sum();
  }

  /** How many threads are stuck. */
  public long stuckThreads() {
    return stalls.values().stream().mapToLong(LongAdder::sum).sum() - stallsEnded.sum();
  }

  /** Whether it should be sent traffic: no thread is stuck for long, and it is not to stop. */
  public boolean isReady() {
    return ready && !stopping;
  }

  /** Whether it was asked to stop. */
  public boolean isStopping() {
    return stopping;
  }
}
