package io.sounder.server.reactor;

import io.sounder.server.connection.Connection;
import io.sounder.server.connection.Handoff;
import io.sounder.server.connection.NanoClock;
import io.sounder.server.worker.WorkerPool;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees to it that the connections which hold most are the ones that pay when all together hold
 * nearly all they may, and not whoever happens to want a little more. Nobody keeps an order of
 * them: that would cost each partial write something, and this happens to a service under attack
 * only. So they are looked through then. The reactor's.
 */
final class BufferRelief {
  private static final Logger LOG = LoggerFactory.getLogger(BufferRelief.class);

  /** To look through 10,000 connections takes about a millisecond. */
  private static final long PERIOD_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

  private static final long LOG_PERIOD_NANOS = TimeUnit.SECONDS.toNanos(10);

  private final Selection selection;
  private final Connections connections;
  private final WorkerPool pool;
  private final NanoClock clock;
  private boolean hasLooked;
  private long lookedNanos;
  private boolean hasLogged;
  private long loggedNanos;

  BufferRelief(Selection selection, Connections connections, WorkerPool pool, NanoClock clock) {
    this.selection = selection;
    this.connections = connections;
    this.pool = pool;
    this.clock = clock;
  }

  /** Once per cycle: closes those that hold most, if it is time for that. */
  void relieve() {
    if (!pool.isShortOfBuffers()) {
      return;
    }
    long nowNanos = clock.nanoTime();
    if (hasLooked && nowNanos - lookedNanos < PERIOD_NANOS) {
      return;
    }
    hasLooked = true;
    lookedNanos = nowNanos;
    closeLargest(nowNanos);
  }

  private void closeLargest(long nowNanos) {
    long heldBytes = pool.bufferBytes();
    int closed = 0;
    for (Connection largest : holders()) {
      if (pool.hasBuffersAgain()) {
        break;
      }
      connections.sacrifice(largest);
      closed++;
    }
    if (closed > 0 && (!hasLogged || nowNanos - loggedNanos >= LOG_PERIOD_NANOS)) {
      hasLogged = true;
      loggedNanos = nowNanos;
      LOG.warn(
          "connections hold {} of the {} bytes that they may: closed the {} that held most (peers that do not read, or do not finish their TLS handshakes; raise --buffer-budget if they are welcome)",
          heldBytes,
          pool.bufferBudgetBytes(),
          closed);
    }
  }

  /** The idle ones that hold something, the largest first; what is handed is its owner's. */
  private List<Connection> holders() {
    List<Connection> holders = new ArrayList<>();
    for (Handoff socket : selection.sockets()) {
      if (socket instanceof Connection connection
          && connection.isIdle()
          && heldBytes(connection) > 0) {
        holders.add(connection);
      }
    }
    holders.sort(Comparator.comparingInt(BufferRelief::heldBytes).reversed());
    return holders;
  }

  private static int heldBytes(Connection connection) {
    int waiting = connection.isHolding() ? capacity(connection.faults().bytes()) : 0;
    int secure = connection.tls() == null ? 0 : connection.tls().heldBytes();
    return waiting + secure + capacity(connection.input()) + capacity(connection.output());
  }

  private static int capacity(ByteBuffer buffer) {
    return buffer == null ? 0 : buffer.capacity();
  }
}
