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
  private long pauseUntilNanos;
  private boolean unwritten; // the latest request: the socket had no room for it
  private long highestAnswered = -1;
  private long readAtNanos;

  DatagramSession(LoopContext context, int connection) {
    this.context = context;
    this.statistics = context.statistics();
    this.plan = context.plan();
    this.connection = connection;
    this.address = context.addresses().get(0);
    this.inFlight = new InFlight(plan.pipeline());
    this.verifier = context.verification().newDatagrams(connection, inFlight, lost, this);
    this.emptyDatagrams = context.request().length() == 0;
  }

  @Override
  public void open(long nowNanos) {
    asked = false;
    context.opener().onAttemptEnded();
    try {
      channel = DatagramChannel.open();
      SocketOptions.apply(channel, Scheme.UDP, plan.target().socket());
      channel.configureBlocking(false);
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

  private void pump() {
    if (channel == null || pausing || !started) {
      return;
    }
    long nowNanos = context.clock().nanoTime();
    for (int i = 0; i < DATAGRAMS_PER_TURN && mayWrite(nowNanos); i++) {
      try {
        unwritten = !write(nowNanos);
      } catch (PortUnreachableException e) {
        unwritten = true; // the refusal was of an earlier one, and this one was not sent
        onRefused();
      } catch (IOException e) {
        onBroken(e);
      }
      if (channel == null || pausing || unwritten) {
        break;
      }
      if (plan.isSilent()) {
        statistics.ok(inFlight.settle(inFlight.oldest()), nowNanos, false);
      }
    }
    boolean goesOn = plan.isSilent() && !context.schedule().hasEnded(nowNanos);
    if (channel != null) {
      await(unwritten || (goesOn && !pausing));
    }
  }

  private boolean mayWrite(long nowNanos) {
    if (unwritten) {
      return true;
    }
    if (inFlight.count() >= plan.pipeline() || !context.schedule().claim(nowNanos)) {
      return false;
    }
    inFlight.begin(nowNanos);
    statistics.sent(nowNanos);
    return true;
  }

  private boolean write(long nowNanos) throws IOException {
    int length = context.request().length();
    ByteBuffer buffer = context.writeBuffer().clear();
    context.request().write(connection, inFlight.next() - 1, 0, length, buffer);
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
      statistics.refused(inFlight.settle(inFlight.oldest()));
    }
    pause(context.clock().nanoTime());
  }

  private void onBroken(IOException cause) {
    ErrorClass errorClass = ErrorClass.of(cause);
    if (inFlight.isEmpty()) {
      statistics.connections().onError(errorClass);
    }
    while (!inFlight.isEmpty()) {
      statistics.failed(inFlight.settle(inFlight.oldest()), errorClass);
    }
    unwritten = false;
    statistics.connections().onClosed();
    close();
    pause(context.clock().nanoTime());
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
      long sent = inFlight.settle(sequence);
      lost.add(sequence, sent);
      statistics.lost(sent);
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
      statistics.reordered(inFlight.sentNanos(sequence));
    }
    highestAnswered = Math.max(highestAnswered, sequence);
    long sent = inFlight.settle(sequence);
    if (readAtNanos - sent - plan.timeoutNanos() > 0) {
      statistics.lost(sent);
      statistics.late(sent, readAtNanos);
    } else {
      statistics.ok(sent, readAtNanos, true);
    }
  }

  @Override
  public void onWrong(long sequence, Wrong wrong) {
    statistics.corrupt(inFlight.settle(sequence), wrong);
  }

  @Override
  public void onUnawaited(long sequence) {
    int index = lost.indexOf(sequence);
    if (index >= 0) {
      statistics.late(lost.remove(index), readAtNanos);
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
