package io.sounder.client.wire;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.nio.channels.SocketChannel;

/** A socket of which it is known how much came, and that can be made to look silent. */
final class SocketTap implements ByteChannel {
  private final SocketChannel socket;
  private long received;
  private boolean silent;

  SocketTap(SocketChannel socket) {
    this.socket = socket;
  }

  SocketChannel socket() {
    return socket;
  }

  long received() {
    return received;
  }

  /** Whether reads find nothing, whatever has come. */
  void setSilent(boolean newSilent) {
    silent = newSilent;
  }

  @Override
  public int read(ByteBuffer bytes) throws IOException {
    if (silent) {
      return 0;
    }
    int read = socket.read(bytes);
    received += Math.max(0, read);
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
