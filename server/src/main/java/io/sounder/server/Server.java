package io.sounder.server;

import io.sounder.protocol.endpoint.AccessList;
import io.sounder.protocol.endpoint.Endpoint;
import io.sounder.server.admin.FaultControl;
import io.sounder.server.connection.DatagramPort;
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
import java.nio.channels.DatagramChannel;
import java.time.InstantSource;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
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
  private final List<BoundListener> bound;
  private final List<Listener> listeners = new CopyOnWriteArrayList<>();
  private final Counters counters;
  private final Reactor reactor;
  private final Thread reactorThread;
  private final StallWatch watch;
  private final CountDownLatch terminated = new CountDownLatch(1);

  private Server(
      ServerOptions options,
      Counters counters,
      List<BoundListener> bound,
      MessageObserver observer,
      StallPolicy stalls)
      throws IOException {
    this.options = options;
    this.counters = counters;
    this.bound = bound;
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
      Server server = new Server(options, counters, bound, observer, stalls);
      server.serve(budget);
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

  private void serve(ConnectionBudget budget) throws IOException {
    String hostName = HostName.read();
    BitSet ownPorts = new BitSet();
    for (BoundListener each : bound) {
      Listener listener =
          new Listener(
              each.spec(),
              each.endpoint(),
              budget.connections(each.spec()),
              hostName,
              InstantSource.system());
      each.tls().ifPresent(listener::secureWith);
      listener.countWith(counters.ofListener(listener.toString()));
      listeners.add(listener);
      each.accepting().ifPresent(channel -> reactor.requestListen(channel, listener));
      SourceGuards guards = new SourceGuards(listener, ownPorts, NanoClock.SYSTEM);
      for (DatagramChannel channel : each.datagrams()) {
        ownPorts.set(each.endpoint().port());
        reactor.requestReceive(new DatagramPort(channel, listener, guards.guardOf(channel)));
      }
      LOG.info("listening on {}", each.endpoint());
      warnIfOpen(each);
      warnIfExpired(each);
      RunningFaults.warnIfAny(listener);
    }
    reactor.pool().start();
    reactorThread.start();
    reactor.watchedBy(watch, reactorThread);
    watch.start();
  }

  private static void warnIfOpen(BoundListener udp) {
    if (!udp.datagrams().isEmpty() && udp.spec().access().filter(AccessList::isOpen).isPresent()) {
      LOG.warn(
          "{} answers any source, and forged ones cannot be told: keep it behind a firewall, or say allow=private",
          udp.endpoint());
    }
  }

  private static void warnIfExpired(BoundListener listener) {
    listener
        .tls()
        .filter(tls -> tls.notAfter().isBefore(InstantSource.system().instant()))
        .ifPresent(
            tls ->
                LOG.warn(
                    "{} has a certificate that expired at {}, and clients will refuse it: get a new one",
                    listener.endpoint(),
                    tls.notAfter()));
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
    return bound.stream().map(BoundListener::endpoint).toList();
  }

  /** What it listens with, in the same order. */
  public List<Listener> listeners() {
    return List.copyOf(listeners);
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
    return new Snapshot.Source(counters, reactor.pool(), () -> listeners, sockets());
  }

  /** All sockets that are open. */
  public Sockets sockets() {
    return reactor::requestTour;
  }

  /** All counters, as text: one a line. */
  public String stats() {
    return StatsText.of(counters, reactor.pool(), listeners);
  }

  /** The counters in one line. */
  String summary(double messagesPerSecond) {
    return Summary.line(counters, reactor.pool(), listeners, messagesPerSecond);
  }

  /** What listeners do wrong on purpose, to be looked at and changed. */
  public FaultControl faults() {
    return new RunningFaults(listeners, reactor);
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
    reactor.requestDrain(options.drainTimeoutNanos(), cutOff -> onDrained());
  }

  private void onDrained() {
    watch.stop();
    reactor.pool().stop();
    reactor.requestStop();
    bound.forEach(BoundListener::removeFile);
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
