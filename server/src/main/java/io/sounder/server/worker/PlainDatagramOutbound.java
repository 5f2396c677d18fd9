package io.sounder.server.worker;

import io.sounder.protocol.reply.BufferSink;
import io.sounder.server.connection.DatagramDrop;
import io.sounder.server.connection.DatagramPort;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The way out as it should be: each reply is sent at once, and once. */
final class PlainDatagramOutbound implements DatagramOutbound {
  private static final Logger LOG = LoggerFactory.getLogger(PlainDatagramOutbound.class);

  private final ByteBuffer toSend = ByteBuffer.allocateDirect(DatagramOutbound.BUFFER_BYTES);

  private DatagramPort port;
  private long replies;
  private long written;

  @Override
  public void begin(DatagramPort owner) {
    port = owner;
    replies = 0;
    written = 0;
  }

  @Override
  public DatagramDrop send(InetSocketAddress to, BufferSink reply, int requestBytes) {
    toSend.clear();
    reply.copyTo(toSend);
    DatagramDrop drop = transmit(to);
    replies += drop == null ? 1 : 0;
    return drop;
  }

  /** Sends, and counts no reply. */
  DatagramDrop transmit(InetSocketAddress to, ByteBuffer datagram) {
    toSend.clear();
    toSend.put(datagram);
    return transmit(to);
  }

  /** The same for what was put in our own buffer. */
  private DatagramDrop transmit(InetSocketAddress to) {
    toSend.flip();
    int size = toSend.remaining();
    try {
      int sent = port.channel().send(toSend, to);
      if (sent < size) {
        return DatagramDrop.SEND_BUFFER_FULL;
      }
    } catch (IOException e) {
      LOG.debug("could not send {} bytes to {}: {}", size, to, e.toString());
      return DatagramDrop.SEND_ERROR;
    }
    written += size;
    return null;
  }

  @Override
  public long replies() {
    return replies;
  }

  @Override
  public long written() {
    return written;
  }
}
