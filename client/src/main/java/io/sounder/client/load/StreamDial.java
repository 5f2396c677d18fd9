package io.sounder.client.load;

import io.sounder.client.net.Dialer;
import io.sounder.client.net.SocketOptions;
import io.sounder.client.outcome.ErrorClass;
import io.sounder.client.wire.Opening;
import io.sounder.client.wire.Wire;
import io.sounder.client.wire.Wiring;
import io.sounder.protocol.endpoint.Scheme;
import io.sounder.protocol.endpoint.TargetSpec;
import io.sounder.protocol.endpoint.Units;
import java.io.IOException;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;

/**
 * Connects without blocking: to the first address of the target, and if that fails to the next,
 * each within the time-out. Then goes through what the connection begins with, within another.
 *
 * <pre>
 *   IDLE --> CONNECTING --connected--> OPENING (PROXY header, TLS handshake) --> IDLE: onConnected
 *              |   ^  |                   |
 *              +---+  +--- last address --+--> IDLE: onNotConnected
 *          next address
 * </pre>
 */
final class StreamDial {
  /** Hears how it ended; then the dial is free for another. */
  interface Outcome {
    /** The key is the socket's, and waits for bytes; some may have left the socket already. */
    void onConnected(SelectionKey key, Wire wire, long nowNanos);

    /** All addresses failed, and the cause is the last one's; or the opening did. */
    void onNotConnected(IOException cause, long nowNanos);
  }

  private final LoopContext context;
  private final Session session;
  private final Outcome outcome;
  private final SocketAddress source; // null for any

  private int addressIndex;
  private SelectionKey key; // null while a Unix socket's queue is full
  private Opening opening; // null while connecting
  private long sinceNanos;
  private long openingSinceNanos;

  StreamDial(LoopContext context, int connection, Session session, Outcome outcome) {
    this.context = context;
    this.session = session;
    this.outcome = outcome;
    this.source = context.plan().life().source(connection);
  }

  /** Begins with the first address. */
  void begin() {
    addressIndex = 0;
    sinceNanos = context.clock().nanoTime();
    connect(sinceNanos);
  }

  /** When the connect to the current address, or the last one, began. */
  long sinceNanos() {
    return sinceNanos;
  }

  private void connect(long nowNanos) {
    try {
      key = open();
    } catch (IOException e) {
      onFailed(e, nowNanos);
      return;
    }
    if (key != null && ((SocketChannel) key.channel()).isConnected()) {
      beginOpening(context.clock().nanoTime());
    }
  }

  /** The socket says that the connect has ended, or that the opening can go on. */
  void onReady(long nowNanos) {
    if (opening != null) {
      advance(nowNanos);
      return;
    }
    try {
      ((SocketChannel) key.channel()).finishConnect();
    } catch (IOException e) {
      onFailed(e, nowNanos);
      return;
    }
    beginOpening(nowNanos);
  }

  private void beginOpening(long nowNanos) {
    context.statistics().connected(nowNanos - sinceNanos);
    openingSinceNanos = nowNanos;
    try {
      Wiring wiring = context.plan().life().wiring();
      long timeoutNanos = context.plan().timeoutNanos();
      opening = wiring.open((SocketChannel) key.channel(), nowNanos, timeoutNanos);
    } catch (IOException e) {
      giveUp(e, nowNanos);
      return;
    }
    advance(nowNanos);
  }

  private void advance(long nowNanos) {
    boolean wasOver = opening.isHandshakeOver();
    try {
      int awaited = opening.advance(nowNanos);
      if (opening.isHandshakeOver() && !wasOver && context.plan().life().wiring().isTls()) {
        context.statistics().shookHands(context.clock().nanoTime() - openingSinceNanos);
      }
      if (awaited != Opening.DONE) {
        key.interestOps(awaited);
        return;
      }
    } catch (IOException e) {
      giveUp(e, nowNanos);
      return;
    }
    succeed(nowNanos);
  }

  private void succeed(long nowNanos) {
    SelectionKey connected = key;
    Wire wire = opening.wire();
    key = null;
    opening = null;
    connected.interestOps(SelectionKey.OP_READ);
    outcome.onConnected(connected, wire, nowNanos);
  }

  /** Another address would begin in the same way. */
  private void giveUp(IOException cause, long nowNanos) {
    close();
    outcome.onNotConnected(cause, nowNanos);
  }

  private void onFailed(IOException cause, long nowNanos) {
    close();
    addressIndex++;
    if (addressIndex < context.addresses().size()) {
      sinceNanos = nowNanos;
      connect(nowNanos);
    } else {
      outcome.onNotConnected(cause, nowNanos);
    }
  }

  /** Gives up what takes too long, and tries again where the system wants to be asked again. */
  void onTick(long nowNanos) {
    long timeoutNanos = context.plan().timeoutNanos();
    if (opening != null) {
      if (opening.isDue(nowNanos)) {
        advance(nowNanos);
      }
    } else if (nowNanos - sinceNanos - timeoutNanos >= 0) {
      String waited = Units.durationText(timeoutNanos);
      onFailed(new SocketTimeoutException("connect timed out after " + waited), nowNanos);
    } else if (key == null) {
      connect(nowNanos);
    }
  }

  /**
   * Begins to connect to the current address.
   *
   * @return a key that waits for the connect, or for bytes where it succeeded at once; null if the
   *     queue of a Unix socket is full, where a connect does not wait, but has to be tried again
   */
  private SelectionKey open() throws IOException {
    TargetSpec target = context.plan().target();
    Scheme scheme = target.endpoint().scheme();
    SocketChannel channel = Dialer.openStream(scheme);
    try {
      SocketOptions.apply(channel, scheme, target.socket());
      channel.configureBlocking(false);
      if (source != null) {
        channel.bind(source);
      }
      boolean connected = channel.connect(context.addresses().get(addressIndex));
      return channel.register(
          context.selector(), connected ? SelectionKey.OP_READ : SelectionKey.OP_CONNECT, session);
    } catch (IOException | RuntimeException e) {
      channel.close();
      boolean queueFull =
          scheme == Scheme.UNIX && ErrorClass.of(e) == ErrorClass.CONNECT_TIMEOUT; // EAGAIN
      if (queueFull) {
        return null;
      }
      throw e;
    }
  }

  /** Lets go of a socket that is not handed over yet. */
  void close() {
    if (key == null) {
      return;
    }
    try {
      if (opening != null) {
        opening.wire().close();
      }
      key.channel().close();
    } catch (IOException e) {
      context.statistics().connections().onError(ErrorClass.of(e));
    }
    key = null;
    opening = null;
  }
}
