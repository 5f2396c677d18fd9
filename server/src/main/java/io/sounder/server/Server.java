package io.sounder.server;

import io.sounder.protocol.endpoint.Endpoint;
import io.sounder.server.admin.FaultControl;
import io.sounder.server.connection.Listener;
import io.sounder.server.connection.NanoClock;
import io.sounder.server.listener.BindFailure;
import io.sounder.server.listener.Binder;
import io.sounder.server.listener.BoundListener;
import io.sounder.server.listener.ConfigurationException;
import io.sounder.server.listener.ConnectionBudget;
import io.sounder.server.listener.DescriptorLimit;
import io.sounder.server.listener.InheritedSocket;
import io.sounder.server.metrics.Counters;
import io.sounder.server.metrics.Snapshot;
import io.sounder.server.metrics.Sockets;
import io.sounder.server.metrics.StatsText;
import io.sounder.server.metrics.Summary;
import io.sounder.server.reactor.ConnectionObserver;
import io.sounder.server.reactor.Reactor;
import io.sounder.server.watch.StallPolicy;
import io.sounder.server.watch.StallWatch;
import io.sounder.server.worker.MessageObserver;
import io.sounder.server.worker.WorkerPool;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A running service: its listeners, its reactor and its pool, from bind to drain. All methods may
 * be called from any thread.
 */
public final class Server {
  private static final Logger LOG = LoggerFactory.getLogger(Server.class);

  private final ServerOptions options;
  private final Counters counters;
  private final Reactor reactor;
  private final ListenerSet listeners;
  private final Thread reactorThread;
  private final StallWatch watch;
  private volatile long drainTimeoutNanos;
  private final CountDownLatch terminated = new CountDownLatch(1);

  private Server(
      ServerOptions options, Counters counters, MessageObserver observer, StallPolicy stalls)
      throws IOException {
    this.options = options;
    this.counters = counters;
    this.drainTimeoutNanos = options.drainTimeoutNanos();
    this.reactor =
        new Reactor(
            NanoClock.SYSTEM,
            counters,
            (reactions, draining) ->
                new WorkerPool(
                    options.workers(),
                    options.assist(),
                    options.bufferBudgetBytes(),
                    NanoClock.SYSTEM,
                    counters,
                    observer,
                    reactions,
                    draining),
            new ServingLimit(),
            options.busyPollNanos());
    this.listeners = new ListenerSet(reactor, counters);
    this.reactorThread = new Thread(reactor, "reactor");
    this.watch = new StallWatch(NanoClock.SYSTEM, stalls, counters);
  }

  /**
   * Opens all listeners and starts to serve.
   *
   * @param counters where it counts what happens
   * @param observer is told of each message that arrives
   * @param stalls what to do about a thread that is stuck
   * @throws BindFailure if a listener cannot be opened
   * @throws ConfigurationException if the listeners ask for what cannot be had
   */
  public static Server start(
      ServerOptions options, Counters counters, MessageObserver observer, StallPolicy stalls)
      throws BindFailure, ConfigurationException {
    ConnectionBudget budget = ConnectionBudget.of(options.listeners(), DescriptorLimit.current());
    InheritedSocket.checkAmong(options.listeners());
    List<BoundListener> bound = Binder.bindAll(options.listeners());
    if (budget.isLowered()) {
      LOG.warn(
          "the limit of open files leaves each listener {} connections; raise it for more (ulimit -n)",
          budget.perAutoListener());
    }
    try {
      Server server = new Server(options, counters, observer, stalls);
      server.serve(bound, budget);
      return server;
    } catch (IOException e) {
      bound.forEach(BoundListener::close);
      throw new BindFailure("cannot start: " + e.getMessage(), e);
    }
  }

  /** The same, with counters of its own, and with nobody who looks at the messages. */
  public static Server start(ServerOptions options) throws BindFailure, ConfigurationException {
    return start(options, new Counters(), MessageObserver.NONE, StallPolicy.warning());
  }

  private void serve(List<BoundListener> bound, ConnectionBudget budget) throws IOException {
    listeners.open(bound, budget);
    counters.reloads().onStarted(InstantSource.system().instant());
    reactor.pool().start();
    reactorThread.start();
    reactor.watchedBy(watch, reactorThread);
    watch.start();
  }

  /**
   * Serves other listeners from now on, and reads the certificates of all again; connections to
   * those that stay are left alone. One thread at a time, which may be held up by files and names.
   * Of the other options, the drain time-out is taken over.
   *
   * @return what was done, in words; empty if nothing, since the server is about to end
   * @throws ConfigurationException if the listeners ask for what cannot be had; nothing is changed
   * @throws BindFailure if one that is new cannot be opened; nothing is changed
   */
  public Optional<String> reload(ServerOptions wanted)
      throws ConfigurationException, BindFailure, InterruptedException {
    Optional<String> done;
    try {
      done = listeners.change(wanted.listeners(), wanted.drainTimeoutNanos());
    } catch (IOException e) {
      throw new BindFailure("cannot listen: " + e.getMessage(), e);
    }
    if (done.isPresent()) {
      drainTimeoutNanos = wanted.drainTimeoutNanos();
    }
    return done;
  }

  /** {@code --exit-after}: no more are let in than that, and when they are gone the server ends. */
  private final class ServingLimit implements ConnectionObserver {
    private long admitted;

    @Override
    public void onAdmitted() {
      admitted++;
      if (admitted == options.exitAfterConnections()) {
        reactor.requestStopAccepting();
      }
    }

    @Override
    public void onClosed() {
      if (options.exitAfterConnections() > 0
          && counters.closed() >= options.exitAfterConnections()) {
        requestDrain();
      }
    }
  }

  /** Where it listens, with the ports that it got, in the order in which they were asked for. */
  public List<Endpoint> endpoints() {
    return listeners.listeners().stream().map(Listener::endpoint).toList();
  }

  /** What it listens with, in the same order. */
  public List<Listener> listeners() {
    return listeners.listeners();
  }

  public Counters counters() {
    return counters;
  }

  /** Who does the work. */
  public WorkerPool pool() {
    return reactor.pool();
  }

  /** Where all figures of a moment are taken from. */
  public Snapshot.Source figures() {
    return new Snapshot.Source(counters, reactor.pool(), listeners::listeners, sockets());
  }

  /** All sockets that are open. */
  public Sockets sockets() {
    return reactor::requestTour;
  }

  /** All counters, as text: one a line. */
  public String stats() {
    return StatsText.of(counters, reactor.pool(), listeners.listeners());
  }

  /** The counters in one line. */
  String summary(double messagesPerSecond) {
    return Summary.line(counters, reactor.pool(), listeners.listeners(), messagesPerSecond);
  }

  /** What listeners do wrong on purpose, to be looked at and changed. */
  public FaultControl faults() {
    return new RunningFaults(listeners::listeners, reactor);
  }

  /** Whether the reactor answers within the time. */
  public boolean isHealthy(long timeoutNanos) throws InterruptedException {
    CompletableFuture<Boolean> answered = new CompletableFuture<>();
    reactor.request(() -> answered.complete(true));
    try {
      return answered.get(timeoutNanos, TimeUnit.NANOSECONDS);
    } catch (TimeoutException | ExecutionException e) {
      return false;
    }
  }

  /** Whether it should be sent traffic: none of its threads has been stuck for some seconds. */
  public boolean isReady() {
    return watch.isReady();
  }

  /** Stops accepting, answers what was sent, flushes and closes, in at most the drain time-out. */
  public void requestDrain() {
    counters.onStopping();
    reactor.requestDrain(drainTimeoutNanos, cutOff -> onDrained());
  }

  private void onDrained() {
    watch.stop();
    reactor.pool().stop();
    reactor.requestStop();
    listeners.removeFiles();
    terminated.countDown();
  }

  /** Waits until a drain has ended. */
  public void awaitTermination() throws InterruptedException {
    terminated.await();
    reactorThread.join();
  }

  /** Drains, and waits for the end. */
  public void stop() throws InterruptedException {
    requestDrain();
    awaitTermination();
  }
}
