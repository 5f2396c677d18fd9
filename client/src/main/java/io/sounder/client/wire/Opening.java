package io.sounder.client.wire;

import io.sounder.client.tls.TlsFailure;
import io.sounder.protocol.endpoint.Units;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;

/**
 * How a connection begins, after the connect and before the first byte that is for the peer.
 *
 * <pre>
 *   HEADER --PROXY header is out--> HANDSHAKE --over on our side--> VERDICT --heard, or silence--> DONE
 *      |                                                              ^ only if the server asks for
 *      +-- without TLS --> DONE                                         our certificate, TLS 1.3
 * </pre>
 *
 * Belongs to one thread.
 */
public final class Opening {
  /** What {@link #advance} gives when there is nothing more to wait for. */
  public static final int DONE = 0;

  /** A server that takes our certificate need not say so; its refusal would be there by then. */
  static final long VERDICT_NANOS = 300_000_000L;

  private enum Phase {
    HEADER,
    HANDSHAKE,
    VERDICT,
    DONE
  }

  private final SocketChannel socket;
  private final ByteBuffer header;
  private final TlsWire tls; // null without
  private final Wire wire;
  private final long timeoutNanos;
  private Phase phase = Phase.HEADER;
  private long sinceNanos; // the connect; in VERDICT, the end of the handshake

  Opening(SocketChannel socket, byte[] header, TlsWire tls, long nowNanos, long timeoutNanos) {
    this.socket = socket;
    this.sinceNanos = nowNanos;
    this.timeoutNanos = timeoutNanos;
    this.header = ByteBuffer.wrap(header);
    this.tls = tls;
    this.wire = tls == null ? new PlainWire(socket) : tls;
  }

  /**
   * Goes on as far as it can.
   *
   * @return {@link SelectionKey#OP_READ} or {@link SelectionKey#OP_WRITE}, whichever the socket is
   *     to be ready for when this is called again; it can be called before, and must be when {@link
   *     #isDue}. {@link #DONE} at the end
   * @throws TlsFailure if the handshake failed, or took longer than it may
   * @throws IOException if the connection broke before it
   */
  public int advance(long nowNanos) throws IOException {
    if (phase == Phase.HEADER) {
      if (header.hasRemaining()) {
        socket.write(header);
      }
      if (header.hasRemaining()) {
        return awaited(SelectionKey.OP_WRITE, nowNanos);
      }
      phase = tls == null ? Phase.DONE : Phase.HANDSHAKE;
    }
    if (phase == Phase.HANDSHAKE) {
      int awaited = tls.handshake();
      if (awaited != 0) {
        return awaited(awaited, nowNanos);
      }
      sinceNanos = nowNanos;
      phase = tls.awaitsVerdict() ? Phase.VERDICT : Phase.DONE;
    }
    if (phase == Phase.VERDICT && !isDue(nowNanos) && !tls.hearsVerdict()) {
      return SelectionKey.OP_READ;
    }
    phase = Phase.DONE;
    return DONE;
  }

  private int awaited(int operation, long nowNanos) throws TlsFailure {
    if (isDue(nowNanos)) {
      throw timedOut();
    }
    return operation;
  }

  private TlsFailure timedOut() {
    return new TlsFailure(
        "the handshake timed out after "
            + Units.durationText(timeoutNanos)
            + (tls != null && tls.hasHeardPeer()
                ? "; the peer has begun it, and does not get on; its log may say why"
                : "; the peer says nothing, and is perhaps a tcp:// listener"));
  }

  /** Whether it has waited for long enough, and is to go on though the socket is silent. */
  public boolean isDue(long nowNanos) {
    return nowNanos - sinceNanos - (phase == Phase.VERDICT ? VERDICT_NANOS : timeoutNanos) >= 0;
  }

  /** Whether the handshake is over on our side. */
  public boolean isHandshakeOver() {
    return phase == Phase.VERDICT || phase == Phase.DONE;
  }

  /** What to talk over when it is done. */
  public Wire wire() {
    return wire;
  }
}
