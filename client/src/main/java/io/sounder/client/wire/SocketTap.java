package io.sounder.client.wire;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.nio.channels.SocketChannel;

/**
 * A socket of which it is known how much came, and that looks silent when a turn's share is used
 * up.
 */
final class SocketTap implements ByteChannel {
  private final SocketChannel socket;
  private long received;
  private long shareBytes; // left of this turn's

  SocketTap(SocketChannel socket) {
    this.socket = socket;
  }

  SocketChannel socket() {
    return socket;
  }

  long received() {
    return received;
  }

  /** After so many bytes, reads find nothing until this is called again, whatever has come. */
  void beginTurn(long newShareBytes) {
    shareBytes = newShareBytes;
  }

  @Override
  public int read(ByteBuffer bytes) throws IOException {
    if (shareBytes <= 0) {
      return 0;
    }
    int read = socket.read(bytes);
    received += Math.max(0, read);
    shareBytes -= Math.max(0, read);
    return read;
  }

  @Override
  public int write(ByteBuffer bytes) throws IOException {
    return socket.write(bytes);
  }

  @Override
  public boolean isOpen() {
    return socket.isOpen();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
