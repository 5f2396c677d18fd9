package io.sounder.client.wire;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/** The bytes as they are on the socket. */
final class PlainWire implements Wire {
  private final SocketChannel socket;

  PlainWire(SocketChannel socket) {
    this.socket = socket;
  }

  @Override
  public int read(ByteBuffer bytes) throws IOException {
    return socket.read(bytes);
  }

  @Override
  public boolean hasMore() {
    return false;
  }

  @Override
  public int readWaiting(ByteBuffer bytes) {
    return 0;
  }

  @Override
  public int write(ByteBuffer bytes) throws IOException {
    return socket.write(bytes);
  }

  @Override
  public boolean flush() {
    return true;
  }

  @Override
  public boolean canEndSending() {
    return true;
  }

  @Override
  public boolean endSending() throws IOException {
    socket.shutdownOutput();
    return true;
  }

  @Override
  public SocketChannel socket() {
    return socket;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
