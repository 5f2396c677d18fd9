package io.sounder.server.reactor;

import io.sounder.server.connection.Connection;
import io.sounder.server.connection.DatagramPort;
import io.sounder.server.connection.Deadline;
import io.sounder.server.connection.Handoff;
import io.sounder.server.connection.Phase;
import java.util.List;
import java.util.StringJoiner;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The orderly end: every socket gets one more turn, in which what it was sent is answered and its
 * output shut down; then it is closed as its peer closes. What is left when the time is over is cut
 * off. The reactor's alone, but for {@link #isDraining}.
 */
final class Drain implements Deadline.Expiring {
  private static final Logger LOG = LoggerFactory.getLogger(Drain.class);

  private static final long SWEEP_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

  private final Selection selection;
  private final Deadlines deadlines;
  private final Deadline nextSweep = new Deadline(this);

  private Connections connections;
  private java.util.function.Consumer<Handoff> handOff;
  private long untilNanos;
  private IntConsumer onDrained;
  private int cutOff;
  private volatile boolean draining;

  Drain(Selection selection, Deadlines deadlines) {
    this.selection = selection;
    this.deadlines = deadlines;
  }

  /** Any thread: whether the end has begun. */
  boolean isDraining() {
    return draining;
  }

  /** Begins, unless it has begun already. */
  void begin(
      long nowNanos,
      long timeoutNanos,
      Connections all,
      java.util.function.Consumer<Handoff> turns,
      IntConsumer whenDrained) {
    if (draining) {
      return;
    }
    draining = true;
    connections = all;
    handOff = turns;
    untilNanos = nowNanos + timeoutNanos;
    onDrained = whenDrained;
    onDeadline(nowNanos);
  }

  /**
   * Looks who is left: the handed ones have been missed, and the slow ones may be out of time. Then
   * nobody is waited for, not even an owner at work.
   */
  @Override
  public void onDeadline(long nowNanos) {
    List<Handoff> left = selection.sockets();
    boolean outOfTime = untilNanos - nowNanos <= 0;
    int unsent = 0;
    for (Handoff socket : left) {
      if (outOfTime) {
        unsent += repliesHeld(socket);
        connections.cutOff(socket);
        cutOff += socket instanceof Connection ? 1 : 0;
      } else if (socket.isIdle() && needsTurn(socket)) {
        handOff.accept(socket);
      }
    }
    if (left.isEmpty() || outOfTime) {
      warnOf(unsent);
      onDrained.accept(cutOff);
    } else {
      deadlines.schedule(nextSweep, nowNanos + SWEEP_NANOS);
    }
  }

  private void warnOf(int unsent) {
    StringJoiner given = new StringJoiner(" and ");
    if (cutOff > 0) {
      given.add("closed " + cutOff + " connections");
    }
    if (unsent > 0) {
      given.add("dropped " + unsent + " replies over UDP");
    }
    if (given.length() > 0) {
      LOG.warn("{} that had not ended within the drain time-out", given);
    }
  }

  /** How many replies over UDP wait for their time, as far as that can be known. */
  private static int repliesHeld(Handoff socket) {
    return socket.isIdle() && socket instanceof DatagramPort port && port.isHolding()
        ? port.held().size()
        : 0;
  }

  private static boolean needsTurn(Handoff socket) {
    return !(socket instanceof Connection connection)
        || ((connection.phase() == Phase.OPEN
                || connection.phase() == Phase.PROXY
                || connection.phase() == Phase.HANDSHAKE)
            && !connection.isOutputPending()
            && !connection.isHolding());
  }
}
