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
  private Phase phase = Phase.HEADER;
  private long sinceNanos;

  Opening(SocketChannel socket, byte[] header, TlsWire tls) {
    this.socket = socket;
    this.header = ByteBuffer.wrap(header);
    this.tls = tls;
    this.wire = tls == null ? new PlainWire(socket) : tls;
  }

  /**
   * Goes on as far as it can.
   *
   * @return {@link SelectionKey#OP_READ} or {@link SelectionKey#OP_WRITE}, whichever the socket is
   *     to be ready for when this is called again; some time later it can be called all the same.
   *     {@link #DONE} at the end
   * @throws io.sounder.client.tls.TlsFailure if the handshake failed
   * @throws IOException if the connection broke before it
   */
  public int advance(long nowNanos) throws IOException {
    if (phase == Phase.HEADER) {
      if (header.hasRemaining()) {
        socket.write(header);
      }
      if (header.hasRemaining()) {
        return SelectionKey.OP_WRITE;
      }
      phase = tls == null ? Phase.DONE : Phase.HANDSHAKE;
    }
    if (phase == Phase.HANDSHAKE) {
      int awaited = tls.handshake();
      if (awaited != 0) {
        return awaited;
      }
      sinceNanos = nowNanos;
      phase = tls.awaitsVerdict() ? Phase.VERDICT : Phase.DONE;
    }
    if (phase == Phase.VERDICT && !hasPassed(nowNanos) && !tls.hearsVerdict()) {
      return SelectionKey.OP_READ;
    }
    phase = Phase.DONE;
    return DONE;
  }

  /** What is to be said of one that takes too long. */
  public static TlsFailure timedOut(long nanos) {
    return new TlsFailure(
        "the handshake timed out after "
            + Units.durationText(nanos)
            + "; the peer says nothing, and is perhaps a tcp:// listener");
  }

  private boolean hasPassed(long nowNanos) {
    return nowNanos - sinceNanos - VERDICT_NANOS >= 0;
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
