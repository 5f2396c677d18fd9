package io.sounder.client.load;

import io.sounder.client.load.stats.LoopStatistics;
import io.sounder.client.load.verify.DatagramVerifier;
import io.sounder.client.load.verify.InFlight;
import io.sounder.client.load.verify.LostRequests;
import io.sounder.client.load.verify.Replies;
import io.sounder.client.load.verify.Wrong;
import io.sounder.client.net.SocketOptions;
import io.sounder.client.outcome.ErrorClass;
import io.sounder.protocol.endpoint.Scheme;
import java.io.IOException;
import java.net.PortUnreachableException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;

/**
 * A session on a UDP socket of its own, connected to the target so that a refusal comes back to it;
 * not connected where datagrams are empty, because Java sends none on a connected socket. Requests
 * that are not answered in time are lost, and make room for others; when the peer refuses or the
 * system cannot send, it pauses.
 */
final class DatagramSession implements Session, Replies {
  private static final int DATAGRAMS_PER_TURN = 64; // one fast peer must not starve the others

  private final LoopContext context;
  private final LoopStatistics statistics;
  private final LoadPlan plan;
  private final int connection;
  private final SocketAddress address;
  private final SocketAddress source; // null for any
  private final InFlight inFlight;
  private final LostRequests lost = new LostRequests();
  private final DatagramVerifier verifier;
  private final Backoff backoff = new Backoff();
  private final boolean emptyDatagrams;

  private DatagramChannel channel; // null while closed
  private SelectionKey key;
  private boolean started; // told by the loop, so that it knows which requests are measured
  private boolean tried;
  private boolean asked = true; // of the opener, while closed
  private boolean pausing;
  private boolean offered; // to the dispatcher
  private long pauseUntilNanos;
  private boolean unwritten; // the latest request: the socket had no room for it
  private long fullSinceNanos; // since when that is so
  private long highestAnswered = -1;
  private long readAtNanos;

  DatagramSession(LoopContext context, int connection) {
    this.context = context;
    this.statistics = context.statistics();
    this.plan = context.plan();
    this.connection = connection;
    this.address = context.addresses().get(0);
    this.source = context.plan().life().source(connection);
    this.inFlight = new InFlight(plan.pipeline());
    this.verifier = context.verification().newDatagrams(connection, inFlight, lost, this);
    this.emptyDatagrams = context.request().length(connection, 0) == 0;
  }

  @Override
  public void open(long nowNanos) {
    asked = false;
    context.opener().onAttemptEnded();
    try {
      channel = DatagramChannel.open();
      SocketOptions.apply(channel, Scheme.UDP, plan.target().socket());
      channel.configureBlocking(false);
      if (source != null) {
        channel.bind(source);
      }
      if (!emptyDatagrams) {
        channel.connect(address);
      }
      key = channel.register(context.selector(), SelectionKey.OP_READ, this);
      statistics.connections().onOpened();
      if (!tried) {
        tried = true;
        context.attempts().onSuccess();
      }
      pump();
    } catch (IOException e) {
      statistics.connections().onError(ErrorClass.of(e));
      if (!tried) {
        tried = true;
        context.attempts().onFailure(e);
      }
      close();
      pause(nowNanos);
    }
  }

  @Override
  public void onStart() {
    started = true;
    pump();
  }

  @Override
  public void accept(SelectionKey ready) {
    if (ready.isReadable()) {
      read();
    }
    pump();
  }

  private void read() {
    ByteBuffer buffer = context.readBuffer();
    for (int i = 0; i < DATAGRAMS_PER_TURN; i++) {
      try {
        if (!receive(buffer.clear())) {
          return;
        }
      } catch (PortUnreachableException e) {
        onRefused();
        continue;
      } catch (IOException e) {
        onBroken(e);
        return;
      }
      readAtNanos = context.clock().nanoTime();
      statistics.bytesReceived(buffer.position(), readAtNanos);
      verifier.take(buffer.flip());
    }
  }

  /**
   * Only {@code receive} tells an empty datagram from none. It allocates nothing either, as long as
   * the sender stays the same.
   */
  private boolean receive(ByteBuffer buffer) throws IOException {
    SocketAddress source = channel.receive(buffer);
    while (emptyDatagrams && source != null && !source.equals(address)) {
      source = channel.receive(buffer.clear());
    }
    return source != null;
  }

  @Override
  public void onDue() {
    offered = false;
    pump(1, Pacer.NEVER);
  }

  private void pump() {
    int most = Math.min(DATAGRAMS_PER_TURN, context.mostOutOfTurn());
    pump(most, context.lookout().readySinceNanos());
  }

  private void pump(int most, long roomSinceNanos) {
    if (channel == null || pausing || !started) {
      return;
    }
    long nowNanos = context.clock().nanoTime();
    for (int i = 0; (unwritten || i < most) && mayWrite(roomSinceNanos, nowNanos); i++) {
      try {
        noteRoom(write(nowNanos), nowNanos);
      } catch (PortUnreachableException e) {
        unwritten = true; // the refusal was of an earlier one, and this one was not sent
        fullSinceNanos = nowNanos;
        onRefused();
      } catch (IOException e) {
        onBroken(e);
      }
      if (channel == null || pausing || unwritten) {
        break;
      }
      if (plan.isSilent()) {
        long planned = inFlight.plannedNanos(inFlight.oldest());
        statistics.ok(planned, inFlight.settle(inFlight.oldest()), nowNanos, false);
      }
    }
    if (channel != null) {
      boolean goesOn =
          plan.isSilent()
              && !context.pacer().isOpenLoop()
              && !context.schedule().hasEnded(nowNanos);
      await(unwritten || (goesOn && !pausing));
      offer();
    }
  }

  private void offer() {
    boolean hasRoom = !unwritten && !pausing && inFlight.count() < plan.pipeline();
    if (hasRoom && !offered && context.pacer().isOpenLoop()) {
      offered = true;
      context.dispatcher().offer(this);
    }
  }

  private void noteRoom(boolean written, long nowNanos) {
    if (!written && !unwritten) {
      fullSinceNanos = nowNanos;
    } else if (written && unwritten) {
      statistics.sendBufferFull(fullSinceNanos, nowNanos);
    }
    unwritten = !written;
  }

  private boolean mayWrite(long roomSinceNanos, long nowNanos) {
    if (unwritten) {
      return true;
    }
    if (inFlight.count() >= plan.pipeline() || !context.pacer().claim(nowNanos)) {
      return false;
    }
    long plannedNanos = context.pacer().claimedNanos();
    inFlight.begin(plannedNanos, nowNanos);
    statistics.sent(plannedNanos, context.pacer().lagNanos(roomSinceNanos, nowNanos));
    return true;
  }

  private boolean write(long nowNanos) throws IOException {
    long sequence = inFlight.next() - 1;
    int length = context.request().length(connection, sequence);
    ByteBuffer buffer = context.writeBuffer().clear();
    context.request().write(connection, sequence, 0, length, buffer);
    buffer.flip();
    if (emptyDatagrams) {
      channel.send(buffer, address);
      return true;
    }
    int written = channel.write(buffer);
    statistics.bytesSent(written, nowNanos);
    return written == length;
  }

  private void await(boolean writable) {
    int operations =
        writable && !pausing ? SelectionKey.OP_READ | SelectionKey.OP_WRITE : SelectionKey.OP_READ;
    if (key.interestOps() != operations) {
      key.interestOps(operations);
    }
  }

  /** ICMP said that nobody listens; it does not say which request that was, so the oldest. */
  private void onRefused() {
    if (inFlight.isEmpty()) {
      statistics.connections().onError(ErrorClass.REFUSED);
    } else {
      unwritten = unwritten && inFlight.count() > 1;
      statistics.refused(settleOldest());
    }
    pause(context.clock().nanoTime());
  }

  private void onBroken(IOException cause) {
    ErrorClass errorClass = ErrorClass.of(cause);
    if (inFlight.isEmpty()) {
      statistics.connections().onError(errorClass);
    }
    while (!inFlight.isEmpty()) {
      statistics.failed(settleOldest(), errorClass);
    }
    unwritten = false;
    statistics.connections().onClosed();
    close();
    pause(context.clock().nanoTime());
  }

  /** Ends the wait for the oldest request; when it was planned. */
  private long settleOldest() {
    long planned = inFlight.plannedNanos(inFlight.oldest());
    inFlight.settle(inFlight.oldest());
    return planned;
  }

  private void pause(long nowNanos) {
    pausing = true;
    pauseUntilNanos = nowNanos + backoff.nextPauseNanos();
    if (channel != null) {
      await(false);
    }
  }

  @Override
  public void onTick(long nowNanos) {
    if (!context.schedule().hasEnded(nowNanos)) {
      expire(nowNanos);
      if (pausing && pauseUntilNanos - nowNanos <= 0) {
        resume();
      }
    }
  }

  private void resume() {
    pausing = false;
    if (channel != null) {
      pump();
    } else if (!asked) {
      asked = true;
      context.opener().request(this);
    }
  }

  private void expire(long nowNanos) {
    boolean any = false;
    while (!inFlight.isEmpty()
        && nowNanos - inFlight.sentNanos(inFlight.oldest()) - plan.timeoutNanos() >= 0) {
      long sequence = inFlight.oldest();
      if (sequence == inFlight.next() - 1) {
        unwritten = false;
      }
      long planned = inFlight.plannedNanos(sequence);
      lost.add(sequence, planned, inFlight.settle(sequence));
      statistics.lost(planned);
      any = true;
    }
    if (any) {
      pump();
    }
  }

  @Override
  public void onRight(long sequence) {
    backoff.reset();
    if (sequence < highestAnswered) {
      statistics.reordered(inFlight.plannedNanos(sequence));
    }
    highestAnswered = Math.max(highestAnswered, sequence);
    long planned = inFlight.plannedNanos(sequence);
    long sent = inFlight.settle(sequence);
    if (readAtNanos - sent - plan.timeoutNanos() > 0) {
      statistics.lost(planned);
      statistics.late(planned, sent, readAtNanos);
    } else {
      statistics.ok(planned, sent, readAtNanos, true);
    }
  }

  @Override
  public void onWrong(long sequence, Wrong wrong) {
    long planned = inFlight.plannedNanos(sequence);
    inFlight.settle(sequence);
    statistics.corrupt(planned, wrong);
  }

  @Override
  public void onUnawaited(long sequence) {
    int index = lost.indexOf(sequence);
    if (index >= 0) {
      statistics.late(lost.plannedNanos(index), lost.sentNanos(index), readAtNanos);
      lost.remove(index);
    } else {
      statistics.duplicate(readAtNanos);
    }
  }

  @Override
  public void onStray(Wrong wrong) {
    statistics.stray(wrong, readAtNanos);
  }

  @Override
  public void onUnusable() {
    // a datagram says by itself where it ends: the next one can be read
  }

  @Override
  public long oldestPendingNanos(long nowNanos) {
    return inFlight.isEmpty() ? 0 : nowNanos - inFlight.sentNanos(inFlight.oldest());
  }

  @Override
  public void tellUnanswered(long nowNanos) {
    noteRoom(true, nowNanos);
    for (long sequence = inFlight.oldest(); sequence < inFlight.next(); sequence++) {
      if (inFlight.isAwaited(sequence)) {
        statistics.unanswered(
            inFlight.plannedNanos(sequence), inFlight.sentNanos(sequence), nowNanos);
      }
    }
  }

  @Override
  public void close() {
    if (channel == null) {
      return;
    }
    try {
      channel.close();
    } catch (IOException e) {
      statistics.connections().onError(ErrorClass.of(e));
    }
    channel = null;
    key = null;
  }
}
