package io.sounder.server.worker;

import io.sounder.server.connection.Connection;
import io.sounder.server.connection.DatagramPort;
import io.sounder.server.connection.Handoff;
import io.sounder.server.connection.ListenerCounts;
import io.sounder.server.connection.NanoClock;
import io.sounder.server.count.Tally;
import io.sounder.server.fault.StreamFaults;
import io.sounder.server.metrics.Counters;
import io.sounder.server.metrics.ThreadRole;
import io.sounder.server.metrics.Workload;
import io.sounder.server.tls.TlsStream;
import io.sounder.server.watch.Pulse;
import io.sounder.server.watch.StallWatch;
import java.io.IOException;
import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The ready queues, and the threads that share the work in them.
 *
 * <p>Who waits for what: light sockets wait in one queue, from which workers and the assisting
 * reactor claim; heavy ones, a single turn of which may take longer than the reactor can spare,
 * wait in another, from which only workers claim. So heavy ones never stand in the way of the
 * others.
 */
public final class WorkerPool implements Workload {
  private static final Logger LOG = LoggerFactory.getLogger(WorkerPool.class);

  /** A batch of so few is done sooner than a worker is awake. */
  private static final int MIN_BATCH_TO_WAKE = 4;

  /**
   * Room for several selects' worth (the JDK takes 1,024 events at a time); what finds none waits
   * with the reactor.
   */
  private static final int QUEUE_CAPACITY = 8192;

  private final ReadyQueue light = new ReadyQueue(QUEUE_CAPACITY);
  private final ReadyQueue heavy = new ReadyQueue(QUEUE_CAPACITY);
  private final WakeGate gate = new WakeGate();
  private final PollGate pollGate = new PollGate();
  private final List<Worker> workers = new ArrayList<>();
  private final List<Thread> threads = new ArrayList<>();
  private final List<Tally> workerTallies = new ArrayList<>();
  private final Tally reactorTally = new Tally();
  private final Counters counters;
  private final BufferPool buffers;
  private final boolean assisted;
  private final TurnContext reactorContext;
  private IdleSampler sampler;
  private volatile boolean stopped;

  /**
   * A pool that is not yet running.
   *
   * @param workerCount how many threads; 0 leaves all to the reactor
   * @param assist whether the reactor shares the work
   * @param bufferBudgetBytes how much connections may hold together
   */
  public WorkerPool(
      int workerCount,
      boolean assist,
      long bufferBudgetBytes,
      NanoClock clock,
      Counters counters,
      MessageObserver observer,
      Reactions reactions,
      BooleanSupplier draining) {
    this.counters = counters;
    this.buffers = new BufferPool(bufferBudgetBytes);
    this.assisted = assist || workerCount == 0;
    this.reactorContext =
        new TurnContext(
            clock,
            buffers,
            counters,
            observer,
            reactions,
            draining,
            ListenerCounts.REACTOR,
            reactorTally,
            new Pulse());
    for (int i = 0; i < workerCount; i++) {
      Tally tally = new Tally();
      workerTallies.add(tally);
      workers.add(
          new Worker(
              this,
              new TurnContext(
                  clock,
                  buffers,
                  counters,
                  observer,
                  reactions,
                  draining,
                  i + 1,
                  tally,
                  new Pulse())));
    }
  }

  /** Starts the workers, and the sampler. */
  public void start() {
    start(
        LinuxIdleCores.ofThisProcess(
            reactorContext.clock(), () -> threads, counters::pollingNanos));
  }

  /** The same, told elsewhere which cores are idle. */
  public void start(IdleCores idleCores) {
    for (Worker worker : workers) {
      threads.add(worker.start("worker-" + (threads.size() + 1)));
    }
    sampler = new IdleSampler(List.of(gate, pollGate), idleCores);
    sampler.start();
  }

  /** Has the threads that were started watched. */
  public void watchedBy(StallWatch watch) {
    for (int i = 0; i < workers.size(); i++) {
      watch.add(ThreadRole.WORKER, threads.get(i), workers.get(i).pulse());
    }
  }

  /** What the reactor's thread says of itself, in its turns and between them. */
  public Pulse reactorPulse() {
    return reactorContext.pulse();
  }

  /** The reactor's part in the work. Called once, for the reactor's thread. */
  public Assistant newAssistant() {
    return new Assistant(light, heavy, reactorContext, assisted, workers.isEmpty());
  }

  /** Reactor: puts one that it has handed on the queue where it belongs. */
  public boolean tryOffer(Handoff handed) {
    return (handed.isHeavy() ? heavy : light).tryOffer(handed);
  }

  /** Reactor: after it has handed what was ready, wakes a worker if that pays. */
  public void wakeIfItPays() {
    // What was offered must be seen by a worker that is just parking, or the worker be seen as
    // parked.
    VarHandle.fullFence();
    if (!hasWorkForParked()) {
      return;
    }
    Worker parked = firstParked();
    if (parked != null && (mustWake() || gate.mayWake())) {
      parked.tryWake();
    }
  }

  /** Reactor: whether there is a core that it may use for polling instead of sleeping. */
  public boolean mayPoll() {
    return pollGate.isOpen();
  }

  /** Worker: has claimed something, and sees whether there is more for another. */
  void wakeForMore() {
    if (workers.size() > 1) {
      wakeIfItPays();
    }
  }

  /** Whether nobody else would do what waits. */
  private boolean mustWake() {
    return !assisted || !heavy.isEmpty();
  }

  private Worker firstParked() {
    for (int i = 0; i < workers.size(); i++) { // no iterator: this runs for each batch
      if (workers.get(i).isParked()) {
        return workers.get(i);
      }
    }
    return null;
  }

  /** Whether there is something that a parked worker should get up for. */
  boolean hasWorkForParked() {
    return !heavy.isEmpty()
        || (mayTakeLight() && light.size() > (assisted ? MIN_BATCH_TO_WAKE : 0));
  }

  /** Without idle cores the reactor keeps the light ones. */
  private boolean mayTakeLight() {
    return !assisted || gate.isOpen();
  }

  int claim(Handoff[] chunk) {
    return mayTakeLight() ? light.claim(chunk) : 0;
  }

  int claimHeavy(Handoff[] chunk) {
    return heavy.claim(chunk);
  }

  void onWoken(boolean useful) {
    counters.onWakeUp(useful);
    gate.onWoken(useful);
  }

  boolean isStopped() {
    return stopped;
  }

  /** Reactor: takes back the buffers of a connection that is closed. */
  public void reclaim(Connection closed) {
    if (closed.input() != null) {
      buffers.give(closed.input());
      closed.input(null);
    }
    if (closed.output() != null) {
      buffers.give(closed.output());
      closed.output(null);
    }
    if (closed.tls() != null) {
      reclaim(closed.tls());
      closed.secure(
          null); // a place in the ready queue remembers the connection until it is used again
    }
    if (closed.isHolding()) { // for nothing but time, now that nothing waits for the peer
      reclaim(closed.faults());
    }
  }

  private static void reclaim(TlsStream closed) {
    try {
      closed.close();
    } catch (IOException e) {
      LOG.debug("an error while giving up TLS, with nothing left to lose: {}", e.toString());
    }
  }

  private void reclaim(StreamFaults closed) {
    if (closed.bytes() != null) {
      buffers.give(closed.bytes());
      closed.bytes(null);
    }
  }

  /** Reactor: takes back the buffers of a UDP socket that is closed. */
  public void reclaim(DatagramPort closed) {
    if (closed.isHolding()) {
      closed.held().clear(held -> buffers.give(held.bytes()));
    }
  }

  /** Reactor: whether those who hold most must give it back. */
  public boolean isShortOfBuffers() {
    return buffers.isShort();
  }

  /** Reactor: whether, after that, enough is there again. */
  public boolean hasBuffersAgain() {
    return !buffers.isTight();
  }

  /** Lets the workers finish the turn that they are in, and ends them. */
  public void stop() {
    stopped = true;
    if (sampler != null) {
      sampler.stop();
    }
    for (Worker worker : workers) {
      worker.tryWake();
    }
  }

  /** Waits for the workers' end. */
  public boolean awaitTermination(long timeoutNanos) throws InterruptedException {
    for (Thread thread : threads) {
      thread.join(Math.max(1, TimeUnit.NANOSECONDS.toMillis(timeoutNanos)));
      if (thread.isAlive()) {
        return false;
      }
    }
    return true;
  }

  @Override
  public List<Tally> workerTallies() {
    return List.copyOf(workerTallies);
  }

  @Override
  public Tally reactorTally() {
    return reactorTally;
  }

  @Override
  public int queued() {
    return light.size() + heavy.size();
  }

  @Override
  public long bufferBytes() {
    return buffers.takenBytes();
  }

  @Override
  public long bufferBudgetBytes() {
    return buffers.budgetBytes();
  }
}
