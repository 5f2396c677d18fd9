package io.sounder.server.reactor;

import io.sounder.server.connection.Connection;
import io.sounder.server.connection.DatagramPort;
import io.sounder.server.connection.Deadline;
import io.sounder.server.connection.Handoff;
import io.sounder.server.connection.Phase;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.StringJoiner;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The orderly end of sockets, of all or of some listeners': each gets one more turn, in which what
 * it was sent is answered and its output shut down; then it is closed as its peer closes. What is
 * left when the time is over is cut off. The reactor's alone.
 */
final class Ending implements Deadline.Expiring {
  private static final Logger LOG = LoggerFactory.getLogger(Ending.class);

  private static final long SWEEP_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

  private final List<Handoff> left;
  private final Connections connections;
  private final Deadlines deadlines;
  private final Consumer<Handoff> handOff;
  private final boolean awaitsOwners;
  private final IntConsumer onEnded;
  private final Deadline nextSweep = new Deadline(this);
  private long untilNanos;
  private boolean isOver;
  private int cutOff;
  private int unsent;

  /**
   * An end that has not begun.
   *
   * @param sockets to which none is added any more
   * @param handOff hands an idle one over for a turn
   * @param awaitsOwners whether owners at work close what they have when the time is over, since
   *     the loop goes on; otherwise it ends, and does
   * @param onEnded told when all are closed, and how many connections had to be cut off
   */
  Ending(
      List<Handoff> sockets,
      Connections connections,
      Deadlines deadlines,
      Consumer<Handoff> handOff,
      boolean awaitsOwners,
      IntConsumer onEnded) {
    this.left = new ArrayList<>(sockets);
    this.connections = connections;
    this.deadlines = deadlines;
    this.handOff = handOff;
    this.awaitsOwners = awaitsOwners;
    this.onEnded = onEnded;
  }

  void begin(long nowNanos, long latestNanos) {
    untilNanos = latestNanos;
    onDeadline(nowNanos);
  }

  /** Looks who is left: the handed ones have been missed, and the slow ones may be out of time. */
  @Override
  public void onDeadline(long nowNanos) {
    left.removeIf(Handoff::isClosed);
    if (untilNanos - nowNanos > 0) {
      giveTurns();
    } else {
      cutOff();
    }
    if (left.isEmpty()) {
      warn();
      onEnded.accept(cutOff);
    } else {
      deadlines.schedule(nextSweep, nowNanos + SWEEP_NANOS);
    }
  }

  private void giveTurns() {
    for (Handoff socket : left) {
      if (socket.isIdle() && needsTurn(socket)) {
        handOff.accept(socket);
      }
    }
  }

  private void cutOff() {
    if (!isOver) {
      isOver = true;
      cutOff = (int) left.stream().filter(Connection.class::isInstance).count();
      if (awaitsOwners) {
        left.forEach(socket -> ListeningSockets.listener(socket).endNow());
      }
    }
    Iterator<Handoff> each = left.iterator();
    while (each.hasNext()) {
      Handoff socket = each.next();
      if (socket.isIdle() || !awaitsOwners) {
        each.remove();
        unsent += repliesHeld(socket);
        connections.cutOff(socket);
      }
    }
  }

  private void warn() {
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
