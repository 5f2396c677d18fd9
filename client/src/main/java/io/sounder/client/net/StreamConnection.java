package io.sounder.client.net;

import io.sounder.client.wire.Wire;
import io.sounder.protocol.endpoint.Endpoint;
import java.io.Closeable;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A connected stream, plain or in TLS, whose reads and writes end at a deadline. One thread may
 * read while another writes; {@link #wakeup} and {@link #close} may be called from any thread.
 */
public final class StreamConnection implements Closeable {
  /** What {@link #read} gives at the end of the stream. */
  public static final int END = Wire.END;

  /** A peer that takes nothing for so long is not told. */
  private static final long END_SENDING_NANOS = 60_000_000_000L;

  private final Endpoint endpoint;
  private final Wire wire;
  private final SocketChannel channel;
  private final long openingNanos;
  private final Selector readable;
  private final Selector writable;
  private final AtomicBoolean woken = new AtomicBoolean();

  /**
   * Takes over a wire on which nothing has been said.
   *
   * @param openingNanos see {@link #openingNanos()}
   */
  StreamConnection(Endpoint endpoint, Wire wire, long openingNanos) throws IOException {
    this.endpoint = endpoint;
    this.wire = wire;
    this.channel = wire.socket();
    this.openingNanos = openingNanos;
    this.readable = Selector.open();
    this.writable = Selector.open();
    channel.register(readable, SelectionKey.OP_READ);
    channel.register(writable, SelectionKey.OP_WRITE);
  }

  /**
   * Reads what is there, waiting for it up to the deadline.
   *
   * @return how many bytes; {@link #END}; or 0 if nothing came in time, or {@link #wakeup} was
   *     called
   * @throws io.sounder.client.outcome.ClientFailure if the connection broke
   */
  public int read(ByteBuffer buffer, Deadline deadline) {
    try {
      int read = wire.read(buffer);
      while (read == 0 && !deadline.hasPassed() && !woken.getAndSet(false)) {
        await(readable, deadline);
        read = wire.read(buffer);
      }
      return read;
    } catch (IOException e) {
      throw Failures.talking(endpoint, "cannot receive from", e);
    }
  }

  /**
   * Writes as much as goes out up to the deadline.
   *
   * @return whether all of it went out
   * @throws io.sounder.client.outcome.ClientFailure if the connection broke
   */
  public boolean write(ByteBuffer buffer, Deadline deadline) {
    try {
      wire.write(buffer);
      while (!isOut(buffer) && !deadline.hasPassed()) {
        await(writable, deadline);
        wire.write(buffer);
      }
      return isOut(buffer);
    } catch (IOException e) {
      throw Failures.talking(endpoint, "cannot send to", e);
    }
  }

  private boolean isOut(ByteBuffer buffer) throws IOException {
    return wire.flush() && !buffer.hasRemaining();
  }

  private static void await(Selector selector, Deadline deadline) throws IOException {
    selector.select(deadline.selectMillis());
    selector.selectedKeys().clear();
  }

  /**
   * Tells the peer that nothing more is sent; what it still sends can be read.
   *
   * @return whether it was told: TLS 1.2 has no word for it, only a goodbye in both directions (RFC
   *     5246, section 7.2.1)
   */
  public boolean endSending() {
    if (!wire.canEndSending()) {
      return false;
    }
    Deadline deadline = Deadline.after(NanoClock.SYSTEM, END_SENDING_NANOS);
    try {
      while (!wire.endSending() && !deadline.hasPassed()) {
        await(writable, deadline);
      }
      return true;
    } catch (IOException e) {
      throw Failures.talking(endpoint, "cannot end the sending to", e);
    }
  }

  /** Ends a {@link #read} that waits, or the next one that would, with 0. */
  public void wakeup() {
    woken.set(true); // a selector forgets it as soon as bytes have come too
    readable.wakeup();
  }

  public Endpoint endpoint() {
    return endpoint;
  }

  /** Our own address. */
  public SocketAddress localAddress() {
    try {
      return channel.getLocalAddress();
    } catch (IOException e) {
      throw Failures.talking(endpoint, "lost the socket to", e);
    }
  }

  /** The address that answered. */
  public SocketAddress remoteAddress() {
    try {
      return channel.getRemoteAddress();
    } catch (IOException e) {
      throw Failures.talking(endpoint, "lost the socket to", e);
    }
  }

  /** How long it took from the connect until a handshake was over on our side. */
  public long openingNanos() {
    return openingNanos;
  }

  /** What lies between the socket and the bytes. */
  public Wire wire() {
    return wire;
  }

  /** The socket itself, to ask for its options. */
  public SocketChannel channel() {
    return channel;
  }

  @Override
  public void close() {
    try {
      wire.close(); // first, so that its descriptor goes when the selectors let go of it
      readable.close();
      writable.close();
    } catch (IOException e) {
      throw Failures.talking(endpoint, "cannot close the connection to", e);
    }
  }
}
