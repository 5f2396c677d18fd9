package io.sounder.client.net;

import java.io.Closeable;
import java.io.IOException;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;

/**
 * Sends datagrams without content for a connected socket. Java's own channels, when connected, take
 * an empty write for nothing to do (JDK 17 to 25). So a second socket on the same address and port,
 * not connected, sends them; replies and refusals go to the connected one, which the kernel
 * prefers.
 */
final class EmptyDatagramSender implements Closeable {
  private final DatagramChannel sender;
  private final SocketAddress peer;

  /** Opens the second socket; the address is shared for that moment only. */
  EmptyDatagramSender(DatagramChannel connected) throws IOException {
    peer = connected.getRemoteAddress();
    sender = DatagramChannel.open();
    connected.setOption(StandardSocketOptions.SO_REUSEADDR, true);
    try {
      sender.setOption(StandardSocketOptions.SO_REUSEADDR, true);
      sender.bind(connected.getLocalAddress());
    } catch (IOException | RuntimeException e) {
      sender.close();
      throw e;
    } finally {
      connected.setOption(StandardSocketOptions.SO_REUSEADDR, false);
    }
  }

  void send() throws IOException {
    sender.send(ByteBuffer.allocate(0), peer);
  }

  @Override
  public void close() throws IOException {
    sender.close();
  }
}
