package io.sounder.server.reactor;

import io.sounder.server.connection.CloseReason;
import io.sounder.server.connection.Connection;
import io.sounder.server.connection.DatagramPort;
import io.sounder.server.connection.Handoff;
import io.sounder.server.connection.Interest;
import io.sounder.server.connection.Listener;
import io.sounder.server.connection.NanoClock;
import io.sounder.server.connection.Phase;
import io.sounder.server.metrics.Counters;
import io.sounder.server.worker.WorkerPool;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.channels.SocketChannel;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The life of sockets as the reactor sees it: let in, watched, out of time, closed. The reactor's
 * alone.
 */
final class Connections {
  private static final Logger LOG = LoggerFactory.getLogger(Connections.class);

  private static final long LOOK_AGAIN_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  private final Selection selection;
  private final Deadlines deadlines;
  private final NanoClock clock;
  private final Counters counters;
  private final WorkerPool pool;
  private final Consumer<Handoff> handOff;
  private final ConnectionObserver observer;

  /**
   * The sockets of one reactor.
   *
   * @param handOff hands an idle one over for a turn that no event has announced
   * @param observer told of each connection that comes and goes
   */
  Connections(
      Selection selection,
      Deadlines deadlines,
      NanoClock clock,
      Counters counters,
      WorkerPool pool,
      Consumer<Handoff> handOff,
      ConnectionObserver observer) {
    this.selection = selection;
    this.deadlines = deadlines;
    this.clock = clock;
    this.counters = counters;
    this.pool = pool;
    this.handOff = handOff;
    this.observer = observer;
  }

  /**
   * Lets an accepted connection in; if its listener speaks first, it gets its first turn at once.
   *
   * @param source for whom it was counted
   */
  void admit(SocketChannel channel, Listener listener, long source) {
    long nowNanos = clock.nanoTime();
    Connection connection = new Connection(channel, listener, nowNanos, this::onDeadline);
    connection.source(source);
    boolean speaksFirst = connection.phase() == Phase.GREETING;
    selection.add(connection, Interest.READ);
    deadlines.schedule(connection.deadline(), connection.nextLookNanos(nowNanos));
    if (LOG.isDebugEnabled()) {
      LOG.debug("accepted {}", connection);
    }
    observer.onAdmitted();
    if (speaksFirst) {
      handOff.accept(connection);
    }
  }

  void admit(DatagramPort port) {
    port.onAdmitted(nowNanos -> handOff.accept(port)); // a handed one looks for itself
    selection.add(port, Interest.READ);
  }

  /** Takes back one whose owner has let go of it, and watches it for what the owner wanted. */
  void watch(Handoff letGo) {
    selection.watch(letGo, letGo.wanted());
    letGo.settle();
    if (letGo instanceof Connection connection) {
      deadlines.schedule(connection.deadline(), connection.nextLookNanos(clock.nanoTime()));
    } else if (letGo instanceof DatagramPort port && port.isHolding()) {
      deadlines.schedule(port.deadline(), port.held().nextNanos());
    }
  }

  /**
   * Takes back one whose PROXY header was read, and decides about its real peer, as was decided at
   * accept about whoever is at the other end of the socket. It is handed over in any case: to be
   * served, or to be closed in order.
   */
  void admitPeer(Connection connection) {
    CloseReason refusal = refusal(connection);
    if (refusal == null) {
      connection.onPeerAdmitted(clock.nanoTime());
    } else {
      connection.part(refusal);
    }
    watch(connection);
    handOff.accept(connection);
  }

  /** Why a peer that a PROXY header named may not stay, or null if it may; then it is counted. */
  private CloseReason refusal(Connection connection) {
    SocketAddress peer;
    try {
      peer = connection.peerAddress();
    } catch (IOException e) {
      return null; // it is gone, as its next turn finds out
    }
    Listener listener = connection.listener();
    if (!listener.admits(peer)) {
      return CloseReason.ACCESS;
    }
    long source = Acceptor.source(peer);
    if (!listener.peerLimits().tryBegin(source, clock.nanoTime())) {
      return CloseReason.ACCEPT_RATE_PER_IP;
    }
    if (!listener.peerLimits().tryEnter(source)) {
      return CloseReason.MAX_CONNECTIONS_PER_IP;
    }
    connection.source(source);
    return null;
  }

  /** Closes one that its owner has given up. */
  void close(Handoff gone) {
    if (gone instanceof Connection connection) {
      close(connection, connection.closeReason());
    } else {
      close((DatagramPort) gone);
    }
  }

  /**
   * Closes one with which something went wrong that must not have: it is counted, and gives its
   * place back, unless that was done before.
   */
  void abandon(Handoff defective) {
    if (defective.isClosed()) {
      selection.close(defective);
    } else if (defective instanceof Connection connection) {
      connection.decideClose(CloseReason.INTERNAL_ERROR);
      close(connection, connection.closeReason());
    } else {
      close(defective);
    }
  }

  private void close(DatagramPort port) {
    port.onClosed();
    deadlines.cancel(port.deadline());
    pool.reclaim(port);
    selection.close(port);
  }

  /**
   * Closes an idle one as it is; one that is handed is its owner's, so it is only counted, and
   * closed with the loop's end.
   */
  void cutOff(Handoff socket) {
    if (!socket.isIdle()) {
      if (socket instanceof Connection connection) {
        count(connection, CloseReason.DRAIN_TIMEOUT);
      }
    } else if (socket instanceof Connection connection) {
      close(connection, CloseReason.DRAIN_TIMEOUT);
    } else {
      close(socket);
    }
  }

  /** Closes an idle one as it is, since what it holds is wanted. */
  void sacrifice(Connection idle) {
    idle.decideClose(CloseReason.BUFFER_BUDGET);
    close(idle, idle.closeReason());
  }

  private void close(Connection connection, CloseReason reason) {
    if (LOG.isDebugEnabled()) {
      LOG.debug(
          "closed {} ({}) after {} messages",
          connection,
          reason.text(),
          connection.traffic().messages());
    }
    connection.onClosed();
    deadlines.cancel(connection.deadline());
    count(connection, reason);
    connection.listener().onLeft();
    connection.listener().peerLimits().onLeft(connection.source());
    pool.reclaim(connection);
    selection.close(connection);
    observer.onClosed();
  }

  private void count(Connection closed, CloseReason reason) {
    counters.onClosed(reason);
    closed.listener().counts().onClosed(reason);
  }

  /** A connection's deadline has come; those of handed connections wait until they are idle. */
  private void onDeadline(Connection connection, long nowNanos) {
    CloseReason passed = connection.isIdle() ? connection.passedDeadline(nowNanos) : null;
    if (passed != null && connection.isPastSaving()) {
      connection.decideClose(passed);
      close(connection, connection.closeReason());
    } else if (passed != null) {
      connection.part(passed);
      handOff.accept(connection);
      deadlines.schedule(connection.deadline(), nowNanos + LOOK_AGAIN_NANOS);
    } else if (connection.isIdle() && connection.isDue(nowNanos)) {
      handOff.accept(connection); // whoever owns it then asks for the next deadline
    } else if (connection.isIdle() && connection.mustSeekEnd(nowNanos)) {
      handOff.accept(connection);
      deadlines.schedule(connection.deadline(), nowNanos + LOOK_AGAIN_NANOS);
    } else {
      long next =
          connection.isIdle() ? connection.nextLookNanos(nowNanos) : nowNanos + LOOK_AGAIN_NANOS;
      assert next - nowNanos > 0 : "looked at for nothing, and again at once: " + connection;
      deadlines.schedule(connection.deadline(), next);
    }
  }
}
