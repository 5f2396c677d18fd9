package io.sounder.server.reactor;

import io.sounder.server.connection.Connection;
import io.sounder.server.connection.DatagramPort;
import io.sounder.server.connection.Handoff;
import io.sounder.server.connection.Interest;
import io.sounder.server.connection.Listener;
import io.sounder.server.connection.NanoClock;
import io.sounder.server.metrics.Counters;
import io.sounder.server.metrics.ThreadRole;
import io.sounder.server.watch.Pulse;
import io.sounder.server.watch.StallWatch;
import io.sounder.server.worker.Assistant;
import io.sounder.server.worker.Reactions;
import io.sounder.server.worker.WorkerPool;
import java.io.IOException;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.SelectionKey;
import java.nio.channels.ServerSocketChannel;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import java.util.function.LongPredicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The event loop: select, accept, hand off, assist, deadlines.
 *
 * <p>Which threads there are, and what each owns:
 *
 * <ul>
 *   <li>the <b>reactor</b>, one: the selector, its keys, the deadlines, idle connections;
 *   <li>the <b>workers</b>, one per core less one: the connections that they have claimed, each
 *       until its turn ends; they ask the reactor through its mailbox to watch, queue or close one;
 *   <li>the <b>stall watch</b>, the <b>idle sampler</b>, the admin page's, the log's and the
 *       reload's threads: no socket of a client.
 * </ul>
 *
 * <p>While it assists, the reactor is one more claimer, with buffers of its own. One cycle is
 * {@link #runOnce}, so that a test can step it. Methods called {@code requestXxx} may be called
 * from any thread; all others are the reactor's.
 */
public final class Reactor implements Runnable, Reactions {
  private static final Logger LOG = LoggerFactory.getLogger(Reactor.class);

  private static final long MAX_WAIT_NANOS =
      TimeUnit.SECONDS.toNanos(10); // none is needed; a bound costs nothing
  private static final long FULL_QUEUE_WAIT_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

  private final NanoClock clock;
  private final Counters counters;
  private final WorkerPool pool;
  private final Assistant assistant;
  private final Pulse pulse;
  private final Mailbox mailbox = new Mailbox();
  private final Deadlines deadlines = new Deadlines();
  private final Selection selection;
  private final CycleMeter meter;
  private final Tour tour;
  private final Connections connections;
  private final ListeningSockets listening;
  private final BufferRelief bufferRelief;
  private final Queue<Handoff> overflow = new ArrayDeque<>(); // handed: the queue was full

  private final Consumer<SelectionKey> onSelected = this::onSelected;
  private final Consumer<Handoff> onLetGo = this::onLetGo;
  private final BooleanSupplier mustNotSleep = this::mustNotSleep;
  private final LongPredicate isWanted = this::isWanted;

  private Thread thread;
  private boolean handedSome;
  private boolean acceptedSome;
  private volatile boolean draining;
  private volatile boolean stopped;

  /**
   * Makes the pool that is to work for a reactor, told whom to ask and where to see that the server
   * is draining.
   */
  @FunctionalInterface
  public interface PoolFactory {
    WorkerPool newPool(Reactions reactions, BooleanSupplier draining);
  }

  /**
   * A reactor that is not yet running.
   *
   * @param observer told of each connection that comes and goes, on the reactor's thread
   * @param busyPollNanos for how long it may look for events before it sleeps, where that pays
   * @throws IOException if the system has no selector left
   */
  public Reactor(
      NanoClock clock,
      Counters counters,
      PoolFactory poolFactory,
      ConnectionObserver observer,
      long busyPollNanos)
      throws IOException {
    this.clock = clock;
    this.counters = counters;
    this.pool = poolFactory.newPool(this, this::isDraining);
    this.assistant = pool.newAssistant();
    this.pulse = pool.reactorPulse();
    this.selection =
        new Selection(clock, new BusyPoll(busyPollNanos, pool::mayPoll, counters), pulse);
    this.meter = new CycleMeter(clock, counters);
    this.tour = new Tour(selection, deadlines, clock);
    this.connections =
        new Connections(selection, deadlines, clock, counters, pool, this::handOff, observer);
    this.listening =
        new ListeningSockets(selection, deadlines, connections, clock, counters, this::handOff);
    this.bufferRelief = new BufferRelief(selection, connections, pool, clock);
  }

  public WorkerPool pool() {
    return pool;
  }

  /** Has its thread watched, and those of its pool. */
  public void watchedBy(StallWatch watch, Thread running) {
    watch.add(ThreadRole.REACTOR, running, pulse);
    pool.watchedBy(watch);
  }

  @Override
  public void run() {
    bindToCurrentThread();
    while (!stopped) {
      runOnce(MAX_WAIT_NANOS);
    }
    selection.closeAll();
  }

  private boolean isDraining() {
    return draining;
  }

  /** Makes the calling thread the reactor's: it alone may step the loop from now on. */
  void bindToCurrentThread() {
    thread = Thread.currentThread();
  }

  /** One cycle. Blocks for at most so long, and not at all while there is something to do. */
  void runOnce(long maxWaitNanos) {
    assert onReactor();
    pulse.beat();
    counters.onCycle();
    acceptedSome = false;
    long nowNanos = clock.nanoTime();
    meter.onCycle(nowNanos);
    selection.select(waitNanos(nowNanos, maxWaitNanos), mustNotSleep, onSelected);
    mailbox.deliver(onLetGo);
    wakeWorkers();
    assistant.assist(isWanted);
    meter.onAssisted();
    bufferRelief.relieve();
    expireDeadlines();
  }

  /**
   * Before time-outs are judged, what has arrived is looked at once more: if the process was
   * stopped, or was busy, a peer that has sent in time must not pay for it. Whoever has sent
   * something is handed, and the deadlines of handed ones wait. What is handed because its time has
   * come must not wait for the next event.
   */
  private void expireDeadlines() {
    long nowNanos = clock.nanoTime();
    if (deadlines.waitNanos(nowNanos, 1) > 0) {
      return;
    }
    selection.selectAllNow(onSelected);
    wakeWorkers();
    deadlines.expire(nowNanos);
    wakeWorkers();
  }

  private long waitNanos(long nowNanos, long maxWaitNanos) {
    long longest =
        overflow.isEmpty() ? maxWaitNanos : Math.min(maxWaitNanos, FULL_QUEUE_WAIT_NANOS);
    return deadlines.waitNanos(nowNanos, longest);
  }

  private boolean mustNotSleep() {
    return assistant.hasWork() || !mailbox.isEmpty() || stopped;
  }

  /**
   * Whether something is to be done that only the reactor can do. Selecting is among it while
   * connections come, few of which are accepted in a cycle, and where there are heavy sockets, for
   * which workers wait that are told of them by nobody else.
   */
  private boolean isWanted(long nowNanos) {
    return acceptedSome
        || listening.isAnyHeavy()
        || !mailbox.isEmpty()
        || deadlines.waitNanos(nowNanos, 1) <= 0
        || stopped;
  }

  private void wakeWorkers() {
    if (!overflow.isEmpty() && overflow.removeIf(pool::tryOffer)) { // a full queue of heavy ones
      handedSome = true; // must not hold up the light ones behind them
    }
    if (handedSome) {
      handedSome = false;
      pool.wakeIfItPays();
    }
  }

  /** An exception in here would abort the rest of the batch: each key's is caught. */
  private void onSelected(SelectionKey key) {
    pulse.beat();
    try {
      if (key.attachment() instanceof Handoff ready) {
        onReady(ready);
      } else {
        onAcceptable((Acceptor) key.attachment());
      }
    } catch (CancelledKeyException e) {
      LOG.debug("a key was cancelled in the batch in which it was ready");
    } catch (RuntimeException e) {
      LOG.error("a defect of ours while handing off {}", key.attachment(), e);
    }
  }

  /**
   * Hands an idle one off; one that is still handed is watched no longer until its owner asks for
   * it.
   */
  private void onReady(Handoff ready) {
    if (tryHandOff(ready)) {
      return;
    }
    if (ready.tryMark()) {
      selection.watch(ready, Interest.NOTHING);
    } else {
      tryHandOff(ready); // its owner has let go of it in between
    }
  }

  private void handOff(Handoff idle) {
    tryHandOff(idle);
  }

  private boolean tryHandOff(Handoff idle) {
    if (!idle.tryHand()) {
      return false;
    }
    meter.onFound(idle);
    if (!overflow.isEmpty() || !pool.tryOffer(idle)) {
      overflow.add(idle);
    }
    handedSome = true;
    return true;
  }

  private void onAcceptable(Acceptor acceptor) {
    acceptedSome = true;
    listening.accept(acceptor);
  }

  @Override
  public void requestAcceptPause() {
    request(listening::pauseAll);
  }

  /**
   * An owner has let go of one with a request. A defect in there costs this socket, not the
   * process.
   */
  private void onLetGo(Handoff letGo) {
    try {
      switch (letGo.request()) {
        case WATCH -> connections.watch(letGo);
        case QUEUE_AGAIN -> {
          connections.watch(letGo);
          handOff(letGo);
        }
        case ADMIT_PEER -> connections.admitPeer((Connection) letGo);
        case CLOSE -> connections.close(letGo);
      }
    } catch (RuntimeException e) {
      LOG.error("closed {} after a defect of ours", letGo, e);
      connections.abandon(letGo);
    }
  }

  @Override
  public void request(Handoff letGo) {
    mailbox.post(letGo);
    wakeUp();
  }

  /** Has something run on the reactor's thread. */
  public void request(Runnable call) {
    mailbox.post(call);
    wakeUp();
  }

  private void wakeUp() {
    if (!onReactor()) {
      selection.wakeUp();
    }
  }

  /** Starts accepting from a bound, non-blocking channel; may be asked before the loop runs. */
  public void requestListen(ServerSocketChannel channel, Listener listener) {
    request(() -> listening.listen(channel, listener));
  }

  /** Starts receiving on a bound, non-blocking channel; may be asked before the loop runs. */
  public void requestReceive(DatagramPort port) {
    request(() -> listening.receive(port));
  }

  /**
   * Changes what is listened on, all at once.
   *
   * @param change called on the reactor's thread
   * @param tooLate called there instead if nothing is to listen any more
   */
  public void requestChange(Consumer<Listening> change, Runnable tooLate) {
    request(
        () -> {
          if (listening.isStopped()) {
            tooLate.run();
          } else {
            change.accept(listening);
          }
        });
  }

  /** Stops accepting, and leaves the connections alone; at once, if the reactor itself asks. */
  public void requestStopAccepting() {
    if (onReactor()) {
      listening.stop();
    } else {
      request(listening::stop);
    }
  }

  /**
   * Stops accepting, answers what was sent, and closes.
   *
   * @param timeoutNanos after so long, what is left is closed as it is
   * @param onDrained told on the reactor's thread when all is closed, and how many had to be cut
   *     off
   */
  public void requestDrain(long timeoutNanos, IntConsumer onDrained) {
    request(
        () -> {
          listening.stop();
          if (!draining) {
            draining = true;
            long nowNanos = clock.nanoTime();
            new Ending(selection.sockets(), connections, deadlines, this::handOff, false, onDrained)
                .begin(nowNanos, nowNanos + timeoutNanos);
          }
        });
  }

  /** Visits each socket that is open, a few in a cycle; {@code onEnd} follows the last one. */
  public void requestTour(Consumer<Handoff> visit, Runnable onEnd) {
    request(() -> tour.begin(visit, onEnd));
  }

  /** Ends the loop, and closes what is open. */
  public void requestStop() {
    stopped = true;
    selection.wakeUp();
  }

  /** Whether it was asked to end, so that nothing that is asked of it may be done any more. */
  public boolean isStopped() {
    return stopped;
  }

  private boolean onReactor() {
    return Thread.currentThread() == thread;
  }
}
