package io.sounder.server.worker;

import io.sounder.protocol.endpoint.Fault;
import io.sounder.protocol.framing.Message;
import io.sounder.protocol.reply.Exchange;
import io.sounder.server.connection.CloseReason;
import io.sounder.server.connection.Connection;
import io.sounder.server.connection.Listener;
import io.sounder.server.connection.NanoClock;
import io.sounder.server.connection.Phase;
import io.sounder.server.fault.Damage;
import io.sounder.server.fault.FaultPlan;
import io.sounder.server.fault.StreamFaults;
import io.sounder.server.fault.Treatment;
import io.sounder.server.fault.Verdict;
import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;

/**
 * The way out of a connection whose listener injects faults: each reply is made apart, then treated
 * as was drawn for it. What has to wait for its time waits with the connection, and nobody waits
 * for it: the turn ends, and the reactor has a deadline. Greetings are spared.
 */
final class FaultyOutbound implements Outbound {
  private final PlainOutbound socket;
  private final BufferPool pool;
  private final NanoClock clock;
  private final PooledSink made;

  private Connection connection;
  private StreamFaults faults;

  /**
   * A way out that ends in another.
   *
   * @param socket where bytes go whose time has come
   */
  FaultyOutbound(PlainOutbound socket, TurnContext context) {
    this.socket = socket;
    this.pool = context.pool();
    this.clock = context.clock();
    this.made = new PooledSink(context.pool());
  }

  @Override
  public void begin(Connection owner) {
    connection = owner;
    faults = owner.faults();
    socket.begin(owner);
  }

  @Override
  public boolean isBlocked() {
    return socket.isBlocked() || faults.isHolding();
  }

  @Override
  public boolean isFull() {
    return socket.isFull() || faults.isFull();
  }

  @Override
  public boolean isTurnOver() {
    return socket.isTurnOver();
  }

  @Override
  public long written() {
    return socket.written();
  }

  @Override
  public void flushPending() throws IOException {
    socket.flushPending();
    if (faults.isHolding() && !socket.isBlocked()) {
      release(clock.nanoTime());
    }
  }

  @Override
  public void flush() {
    socket.flush();
  }

  @Override
  public void reply(ByteBuffer bytes, Message message, Exchange exchange) throws IOException {
    Listener listener = connection.listener();
    FaultPlan plan = listener.faults();
    if (listener.reply().isSilent() || (plan.isNone() && !faults.isHolding())) {
      socket.reply(bytes, message, exchange);
      return;
    }
    try {
      made.begin();
      listener.frameWriter().writeReply(listener.reply(), bytes, message, exchange, made);
      treat(plan, made.view());
    } finally {
      made.end();
    }
  }

  private void treat(FaultPlan plan, ByteBuffer reply) throws IOException {
    Verdict verdict = faults.draw(plan, connection.number());
    Fault deed = Damage.inflict(verdict, reply, connection.listener().conversation().framing());
    long nowNanos = clock.nanoTime();
    Treatment treatment = plan.treat(deed, verdict, nowNanos);
    int copies = deed == Fault.DUP ? 2 : deed != null && deed.isSilent() ? 0 : 1;
    if (!faults.isHolding() && treatment.mayGo(nowNanos)) {
      for (int i = 0; i < copies; i++) {
        socket.put(reply.duplicate());
      }
      onDone(treatment, nowNanos);
      return;
    }
    faults.hold(treatment, copies * reply.remaining());
    for (int i = 0; i < copies && reply.hasRemaining(); i++) {
      keep(reply);
    }
    release(nowNanos);
  }

  /** Puts a reply's bytes behind those that wait. */
  private void keep(ByteBuffer reply) {
    ByteBuffer held = faults.bytes();
    if (held == null) {
      held = pool.take(reply.remaining()).flip();
      faults.bytes(held);
    }
    if (held.capacity() - held.limit() < reply.remaining()) {
      held.compact();
      if (held.remaining() < reply.remaining()) {
        int needed = held.position() + reply.remaining();
        held = pool.grow(held, Math.max(needed, 2 * held.capacity()));
      }
      held.flip();
      faults.bytes(held);
    }
    int end = held.limit();
    held.limit(end + reply.remaining());
    held.put(end, reply, reply.position(), reply.remaining());
  }

  /** Lets go what may go now, in order. */
  private void release(long nowNanos) throws IOException {
    while (!socket.isBlocked() && !socket.isTurnOver()) {
      int count = faults.sendable(nowNanos);
      if (count < 0) {
        return;
      }
      if (count > 0) {
        connection.onActive(nowNanos); // it waited for us: its time-outs begin now
        pass(count);
      }
      Treatment done = faults.onSent(count);
      if (done == null) {
        return;
      }
      onDone(done, nowNanos);
    }
  }

  private void pass(int count) {
    ByteBuffer held = faults.bytes();
    int end = held.limit();
    socket.put(held.limit(held.position() + count));
    held.limit(end);
    if (!held.hasRemaining()) {
      faults.bytes(null);
      pool.give(held);
    }
  }

  /** A reply is gone, or its place has come where it is not sent. */
  private void onDone(Treatment done, long nowNanos) throws IOException {
    connection.listener().faults().onDone(done, nowNanos);
    if (done.deed() == Fault.RST) {
      connection.channel().setOption(StandardSocketOptions.SO_LINGER, 0);
      connection.decideClose(CloseReason.FAULT);
      connection.moveTo(Phase.RESETTING);
    } else if (StreamFaults.endsConnection(done.deed())) {
      connection.part(CloseReason.FAULT);
    }
  }

  @Override
  public void put(ByteBuffer bytes) {
    socket.put(bytes);
  }

  @Override
  public void put(byte[] bytes) {
    socket.put(bytes);
  }

  @Override
  public void put(byte b) {
    socket.put(b);
  }

  @Override
  public void putInt(int value) {
    socket.putInt(value);
  }
}
