package io.sounder.server.worker;

import io.sounder.protocol.endpoint.Fault;
import io.sounder.protocol.reply.BufferSink;
import io.sounder.server.connection.DatagramDrop;
import io.sounder.server.connection.DatagramPort;
import io.sounder.server.connection.Listener;
import io.sounder.server.connection.NanoClock;
import io.sounder.server.fault.Damage;
import io.sounder.server.fault.FaultPlan;
import io.sounder.server.fault.HeldDatagrams.Held;
import io.sounder.server.fault.Treatment;
import io.sounder.server.fault.Verdict;
import io.sounder.server.metrics.Counters;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;

/**
 * The way out of a UDP socket whose listener injects faults: each reply is treated as was drawn for
 * it. What has to wait for its time waits with the socket, which is read all the same.
 */
final class FaultyDatagramOutbound implements DatagramOutbound {
  /** Those that are due share the socket's turn with those that arrive. */
  private static final int MAX_RELEASED_PER_TURN = 64;

  private final PlainDatagramOutbound socket;
  private final BufferPool pool;
  private final NanoClock clock;
  private final Counters counters;

  private DatagramPort port;
  private long nowNanos;
  private long replies;

  /**
   * A way out that ends in another.
   *
   * @param socket where datagrams go whose time has come
   */
  FaultyDatagramOutbound(PlainDatagramOutbound socket, TurnContext context) {
    this.socket = socket;
    this.pool = context.pool();
    this.clock = context.clock();
    this.counters = context.counters();
  }

  @Override
  public void begin(DatagramPort owner) {
    port = owner;
    replies = 0;
    socket.begin(owner);
    release();
  }

  /** Sends what has waited long enough. */
  private void release() {
    if (!port.isHolding()) {
      return;
    }
    nowNanos = clock.nanoTime();
    for (int i = 0; i < MAX_RELEASED_PER_TURN; i++) {
      Held due = port.held().takeDue(nowNanos);
      if (due == null) {
        return;
      }
      boolean inVain = due.treatment().deed() == Fault.REORDER;
      sendHeld(due, inVain ? due.treatment().notOvertaken() : due.treatment());
    }
  }

  private void sendHeld(Held held, Treatment treatment) {
    DatagramDrop drop = deliver(held.to(), held.bytes(), treatment, held.number());
    pool.give(held.bytes());
    if (drop != null) {
      counters.onDropped(drop);
      port.listener().counts().onDropped(drop);
    }
  }

  @Override
  public DatagramDrop send(InetSocketAddress to, BufferSink made, int requestBytes) {
    ByteBuffer reply = made.view();
    Listener listener = port.listener();
    FaultPlan plan = listener.faults();
    Verdict verdict = plan.nextDatagram();
    Fault deed = Damage.inflict(verdict, reply, listener.conversation().framing());
    if (deed == Fault.DUP && port.guard().amplifies(to, requestBytes, reply.remaining(), 2)) {
      deed = null; // no fault turns us on others
    }
    if (deed == Fault.REORDER && port.held().isAnyToBeOvertaken(to)) {
      deed = null; // this one is the next for the one that waits
    }
    nowNanos = clock.nanoTime();
    if (deed == Fault.DROP) {
      plan.onDone(plan.treat(deed, verdict, nowNanos), nowNanos);
      return null;
    }
    if (plan.holdsUp(deed, verdict, nowNanos) && !hasRoom(reply.remaining())) {
      return DatagramDrop.FAULT_QUEUE_FULL;
    }
    Treatment treatment = plan.treat(deed, verdict, nowNanos);
    long number = port.held().nextNumber();
    return treatment.mayGo(nowNanos)
        ? deliver(to, reply, treatment, number)
        : hold(to, reply, treatment, number);
  }

  private boolean hasRoom(int bytes) {
    return !port.held().isFull() && pool.hasSpare(bytes);
  }

  /** Keeps a reply; the room for it may have gone to another thread meanwhile. */
  private DatagramDrop hold(
      InetSocketAddress to, ByteBuffer reply, Treatment treatment, long number) {
    if (port.held().isFull()) {
      return DatagramDrop.FAULT_QUEUE_FULL;
    }
    try {
      ByteBuffer kept = pool.takeSpare(reply.remaining()).put(reply).flip();
      port.held().hold(new Held(to, kept, treatment, number));
      return null;
    } catch (BufferPool.BudgetExceeded e) {
      return DatagramDrop.FAULT_QUEUE_FULL;
    }
  }

  /** Sends a reply now, and then the one that it has overtaken. */
  private DatagramDrop deliver(
      InetSocketAddress to, ByteBuffer reply, Treatment treatment, long number) {
    DatagramDrop drop = socket.transmit(to, reply.duplicate());
    if (drop == null) {
      replies++;
      if (treatment.deed() == Fault.DUP) {
        drop = socket.transmit(to, reply.duplicate());
      }
    }
    if (drop != null) {
      return drop;
    }
    port.listener().faults().onDone(treatment, nowNanos);
    Held overtaken = port.held().takeOvertaken(to, number);
    if (overtaken != null) {
      sendHeld(overtaken, overtaken.treatment());
    }
    return null;
  }

  @Override
  public long replies() {
    return replies;
  }

  @Override
  public long written() {
    return socket.written();
  }
}
