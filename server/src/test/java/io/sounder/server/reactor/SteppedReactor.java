package io.sounder.server.reactor;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import io.sounder.protocol.endpoint.AccessList;
import io.sounder.protocol.endpoint.Endpoint;
import io.sounder.protocol.endpoint.Fault;
import io.sounder.protocol.endpoint.FaultChange;
import io.sounder.protocol.endpoint.ListenerSpec;
import io.sounder.protocol.endpoint.Scheme;
import io.sounder.server.connection.DatagramPort;
import io.sounder.server.connection.Listener;
import io.sounder.server.connection.SourceGuard;
import io.sounder.server.count.Tally;
import io.sounder.server.fixture.Eventually;
import io.sounder.server.fixture.ManualClock;
import io.sounder.server.fixture.Peer;
import io.sounder.server.fixture.UdpPeer;
import io.sounder.server.guard.OwnPorts;
import io.sounder.server.listener.Binder;
import io.sounder.server.listener.BoundListener;
import io.sounder.server.metrics.Counters;
import io.sounder.server.worker.BufferPool;
import io.sounder.server.worker.IdleCores;
import io.sounder.server.worker.MessageObserver;
import io.sounder.server.worker.WorkerPool;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * A reactor without a thread: the test steps it, and moves its clock. It has real sockets and does
 * all work itself, unless it is given workers.
 */
final class SteppedReactor implements AutoCloseable {
  private static final long STEP_NANOS = 1_000_000;
  private static final int PATIENCE_STEPS = 10_000;
  private static final int STUCK_STEPS = 30;
  private static final int SLEEPS = 20;
  private static final long SLEEP_NANOS = 5_000_000;
  private static final int PLENTY = 10_000;

  final ManualClock clock = new ManualClock();
  final Counters counters = new Counters();
  final List<Listener> listeners = new ArrayList<>();
  final List<DatagramPort> ports = new ArrayList<>();
  final Reactor reactor;
  private final List<BoundListener> bound;

  SteppedReactor(String... urls) throws Exception {
    this(0, true, urls);
  }

  /** Workers are not started: that is up to the test. */
  SteppedReactor(int workers, boolean assist, String... urls) throws Exception {
    this(0, workers, assist, BufferPool.defaultBudgetBytes(), urls);
  }

  /** One whose connections may hold so much together, and that works alone. */
  static SteppedReactor withBufferBudget(long bytes, String... urls) throws Exception {
    return new SteppedReactor(0, 0, true, bytes, urls);
  }

  /** One that polls before it sleeps, on a core that is free, and works alone. */
  static SteppedReactor polling(Duration longest, String... urls) throws Exception {
    SteppedReactor polling =
        new SteppedReactor(longest.toNanos(), 0, true, BufferPool.defaultBudgetBytes(), urls);
    WorkerPool pool = polling.reactor.pool();
    pool.start(() -> Optional.of(new IdleCores.Sample(1, 0)));
    Eventually.equal(1, "may poll", () -> pool.mayPoll() ? 1 : 0);
    return polling;
  }

  private SteppedReactor(
      long busyPollNanos, int workers, boolean assist, long bufferBudgetBytes, String... urls)
      throws Exception {
    reactor =
        new Reactor(
            clock,
            counters,
            (reactions, draining) ->
                new WorkerPool(
                    workers,
                    assist,
                    bufferBudgetBytes,
                    clock,
                    counters,
                    MessageObserver.NONE,
                    reactions,
                    draining),
            () -> {},
            busyPollNanos);
    reactor.bindToCurrentThread();
    List<ListenerSpec> specs = new ArrayList<>();
    for (String url : urls) {
      specs.add(ListenerSpec.parse(url));
    }
    bound = Binder.bindAll(specs);
    for (BoundListener each : bound) {
      int limit = each.spec().limits().maxConnections();
      Listener listener =
          new Listener(
              each.spec(),
              each.endpoint(),
              limit == 0 ? PLENTY : limit,
              "test-host",
              InstantSource.system());
      each.tls().ifPresent(listener::secureWith);
      listeners.add(listener);
      each.accepting().ifPresent(channel -> reactor.requestListen(channel, listener));
      for (DatagramChannel channel : each.datagrams()) {
        DatagramPort port = new DatagramPort(channel, listener, trusting());
        ports.add(port);
        reactor.requestReceive(port);
      }
    }
    step();
  }

  static SourceGuard trusting() {
    return new SourceGuard(AccessList.ANY, new OwnPorts(), Set.of(), true);
  }

  Endpoint endpoint(int index) {
    return bound.get(index).endpoint();
  }

  /** A client of the first listener that is let in, or refused, when this returns. */
  Peer connect() throws IOException {
    return connect(0);
  }

  Peer connect(int index) throws IOException {
    return letIn(Peer.connect(endpoint(index)));
  }

  /** The same at an IPv4 address of its own, whatever the listener's family. */
  Peer connectFrom(String host) throws IOException {
    return letIn(
        Peer.connectFrom(host, Endpoint.inet(Scheme.TCP, "127.0.0.1", endpoint(0).port())));
  }

  /** A client that holds up writes early. */
  Peer connectWithSmallBuffers() throws IOException {
    return letIn(Peer.connectWithSmallBuffers(endpoint(0)));
  }

  private Peer letIn(Peer connected) {
    step();
    return connected;
  }

  /** Sends and steps until nothing moves any more; what was sent. */
  byte[] sendUntilStuck(Peer peer, byte[] chunk) throws IOException {
    ByteArrayOutputStream sent = new ByteArrayOutputStream();
    peer.channel().configureBlocking(false);
    int stuck = 0;
    while (stuck < STUCK_STEPS) {
      int count = peer.channel().write(ByteBuffer.wrap(chunk));
      sent.write(chunk, 0, count);
      stuck = count == 0 ? stuck + 1 : 0;
      reactor.runOnce(STEP_NANOS);
    }
    peer.channel().configureBlocking(true);
    return sent.toByteArray();
  }

  /** One cycle. */
  void step() {
    reactor.runOnce(0);
  }

  /** So many cycles as the sockets need until something is so. */
  void stepUntil(String what, BooleanSupplier condition) {
    for (int i = 0; i < PATIENCE_STEPS; i++) {
      if (condition.getAsBoolean()) {
        return;
      }
      reactor.runOnce(STEP_NANOS);
    }
    fail("never came true: " + what);
  }

  /** With nothing to do, each cycle must last as long as it may: a loop that spins goes faster. */
  void assertSleeps() {
    long begunNanos = System.nanoTime();
    for (int i = 0; i < SLEEPS; i++) {
      reactor.runOnce(SLEEP_NANOS);
    }
    long tookNanos = System.nanoTime() - begunNanos;
    assertTrue(
        tookNanos > SLEEPS * SLEEP_NANOS / 2,
        () -> SLEEPS + " cycles took only " + tookNanos + " ns");
  }

  void advance(Duration by) {
    clock.advance(by);
    step();
  }

  /** Moves the clock, and lets the loop find out, hand over, and do what is due. */
  void moveOn(Duration by) {
    advance(by);
    step();
    step();
  }

  /** Sends, and steps until all of it was read, and answered as far as it is to be. */
  void send(Peer peer, String text) throws IOException {
    long expected = tally().bytesReceived() + text.length();
    peer.send(text);
    stepUntil("read", () -> tally().bytesReceived() == expected);
  }

  /** The same with a datagram. */
  void send(UdpPeer peer, String text) throws IOException {
    long expected = tally().messages() + 1;
    peer.send(text);
    stepUntil("received", () -> tally().messages() == expected);
  }

  /** Gives the first listener other faults, or none. */
  void inject(String keys) {
    Listener listener = listeners.get(0);
    String url = listener + (keys.isEmpty() ? "" : "?" + keys);
    listener.inject(FaultChange.parse(url).faults());
  }

  /** Has what listens changed, at once. */
  void change(Consumer<Listening> change) {
    reactor.requestChange(change, () -> fail("too late"));
    step();
  }

  /** The first listener's successor, which serves its place from now on. */
  Listener succeed(String url) {
    Listener before = listeners.get(0);
    Listener after = before.succeededBy(ListenerSpec.parse(url));
    change(listening -> listening.succeed(before, after));
    return after;
  }

  /** What the first listener has injected. */
  long injected(Fault fault) {
    return listeners.get(0).faultCounts().of(fault);
  }

  /** What it has done so far, without workers. */
  Tally tally() {
    return reactor.pool().reactorTally();
  }

  @Override
  public void close() {
    reactor.pool().stop();
    reactor.requestStop();
    reactor.run();
    bound.forEach(BoundListener::close);
  }
}
