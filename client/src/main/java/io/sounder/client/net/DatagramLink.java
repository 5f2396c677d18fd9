package io.sounder.client.net;

import io.sounder.client.outcome.UsageException;
import io.sounder.protocol.endpoint.Endpoint;
import java.io.Closeable;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;

/**
 * A UDP socket connected to one peer. One thread may send while another receives; {@link #wakeup}
 * and {@link #close} may be called from any thread.
 */
public final class DatagramLink implements Closeable {
  /** The most that an IPv4 datagram can carry. */
  public static final int MAX_PAYLOAD_BYTES = 65_507;

  /** What {@link #receive} gives when nothing came; 0 is a datagram without content. */
  public static final int NOTHING = -1;

  private final Endpoint endpoint;
  private final DatagramChannel channel;
  private final Selector readable;
  private final Selector writable;
  private EmptyDatagramSender emptySender; // opened when first needed

  /** Takes over a connected, non-blocking channel. */
  DatagramLink(Endpoint endpoint, DatagramChannel channel) throws IOException {
    this.endpoint = endpoint;
    this.channel = channel;
    this.readable = Selector.open();
    this.writable = Selector.open();
    channel.register(readable, SelectionKey.OP_READ);
    channel.register(writable, SelectionKey.OP_WRITE);
  }

  /**
   * Sends one datagram.
   *
   * @throws UsageException if it is longer than {@link #MAX_PAYLOAD_BYTES}
   * @throws io.sounder.client.outcome.ClientFailure if the peer refused an earlier one, or the
   *     system cannot send
   */
  public void send(ByteBuffer datagram) {
    if (datagram.remaining() > MAX_PAYLOAD_BYTES) {
      throw new UsageException(
          "a datagram of "
              + datagram.remaining()
              + " bytes is too long; UDP carries at most "
              + MAX_PAYLOAD_BYTES);
    }
    try {
      if (!datagram.hasRemaining()) {
        sendEmpty();
        return;
      }
      while (channel.write(datagram) == 0) {
        writable.select();
        writable.selectedKeys().clear();
      }
    } catch (IOException e) {
      throw Failures.talking(endpoint, "cannot send to", e);
    }
  }

  private void sendEmpty() throws IOException {
    if (emptySender == null) {
      emptySender = new EmptyDatagramSender(channel);
    }
    emptySender.send();
  }

  /**
   * Receives one datagram, waiting for it up to the deadline.
   *
   * @return its size, or {@link #NOTHING} if none came in time, or {@link #wakeup} was called
   * @throws io.sounder.client.outcome.ClientFailure if the peer refused what was sent
   */
  public int receive(ByteBuffer buffer, Deadline deadline) {
    try {
      int received = receiveNow(buffer);
      if (received != NOTHING || deadline.hasPassed()) {
        return received;
      }
      readable.select(deadline.selectMillis());
      readable.selectedKeys().clear();
      return receiveNow(buffer);
    } catch (IOException e) {
      throw Failures.talking(endpoint, "cannot receive from", e);
    }
  }

  /** {@code read} gives 0 both for an empty datagram and for none; {@code receive} does not. */
  private int receiveNow(ByteBuffer buffer) throws IOException {
    int start = buffer.position();
    return channel.receive(buffer) == null ? NOTHING : buffer.position() - start;
  }

  /** Ends a {@link #receive} that waits, with {@link #NOTHING}. */
  public void wakeup() {
    readable.wakeup();
  }

  public Endpoint endpoint() {
    return endpoint;
  }

  public SocketAddress localAddress() {
    try {
      return channel.getLocalAddress();
    } catch (IOException e) {
      throw Failures.talking(endpoint, "lost the socket to", e);
    }
  }

  public SocketAddress remoteAddress() {
    try {
      return channel.getRemoteAddress();
    } catch (IOException e) {
      throw Failures.talking(endpoint, "lost the socket to", e);
    }
  }

  /** The socket itself, to ask for its options. */
  public DatagramChannel channel() {
    return channel;
  }

  @Override
  public void close() {
    try {
      channel.close(); // first, so that its descriptor goes when the selectors let go of it
      readable.close();
      writable.close();
      if (emptySender != null) {
        emptySender.close();
      }
    } catch (IOException e) {
      throw Failures.talking(endpoint, "cannot close the socket to", e);
    }
  }
}
