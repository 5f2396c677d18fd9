package io.sounder.client.net;

import io.sounder.protocol.endpoint.Endpoint;
import java.io.Closeable;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;

/**
 * A connected stream socket whose reads and writes end at a deadline. One thread may read while
 * another writes; {@link #wakeup} and {@link #close} may be called from any thread.
 */
public final class StreamConnection implements Closeable {
  /** What {@link #read} gives at the end of the stream. */
  public static final int END = -1;

  private final Endpoint endpoint;
  private final SocketChannel channel;
  private final Selector readable;
  private final Selector writable;

  /** Takes over a connected, non-blocking channel. */
  StreamConnection(Endpoint endpoint, SocketChannel channel) throws IOException {
    this.endpoint = endpoint;
    this.channel = channel;
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
      int read = channel.read(buffer);
      while (read == 0 && !deadline.hasPassed()) {
        if (await(readable, deadline) == 0 && channel.isOpen()) {
          return deadline.hasPassed() ? channel.read(buffer) : 0;
        }
        read = channel.read(buffer);
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
      channel.write(buffer);
      while (buffer.hasRemaining() && !deadline.hasPassed()) {
        await(writable, deadline);
        channel.write(buffer);
      }
      return !buffer.hasRemaining();
    } catch (IOException e) {
      throw Failures.talking(endpoint, "cannot send to", e);
    }
  }

  private static int await(Selector selector, Deadline deadline) throws IOException {
    int ready = selector.select(deadline.selectMillis());
    selector.selectedKeys().clear();
    return ready;
  }

  /** Tells the peer that nothing more is sent; what it still sends can be read. */
  public void shutdownOutput() {
    try {
      channel.shutdownOutput();
    } catch (IOException e) {
      throw Failures.talking(endpoint, "cannot end the sending to", e);
    }
  }

  /** Ends a {@link #read} that waits, with 0. */
  public void wakeup() {
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

  /** The socket itself, to ask for its options. */
  public SocketChannel channel() {
    return channel;
  }

  @Override
  public void close() {
    try {
      channel.close(); // first, so that its descriptor goes when the selectors let go of it
      readable.close();
      writable.close();
    } catch (IOException e) {
      throw Failures.talking(endpoint, "cannot close the connection to", e);
    }
  }
}
