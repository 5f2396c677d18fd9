package io.sounder.systems;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;

/** A server that never answers: it does nothing at all, or resets at the first byte. */
final class SilentServer implements AutoCloseable {
  private final ServerSocket listening = new ServerSocket();
  private final List<Socket> held = new ArrayList<>();
  private final boolean resets;

  private SilentServer(boolean resets) throws IOException {
    this.resets = resets;
    listening.bind(Loopback.port(0));
    Thread thread = new Thread(this::accept, "silent server");
    thread.setDaemon(true);
    thread.start();
  }

  static SilentServer accepting() throws IOException {
    return new SilentServer(false);
  }

  static SilentServer resetting() throws IOException {
    return new SilentServer(true);
  }

  int port() {
    return listening.getLocalPort();
  }

  String target() {
    return "tcp://127.0.0.1:" + port();
  }

  private void accept() {
    try {
      while (true) {
        Socket socket = listening.accept();
        hold(socket);
        if (resets) {
          reset(socket);
        }
      }
    } catch (SocketException e) {
      return; // closed
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private synchronized void hold(Socket socket) {
    held.add(socket);
  }

  private static void reset(Socket socket) throws IOException {
    socket.getInputStream().read();
    socket.setSoLinger(true, 0);
    socket.close();
  }

  @Override
  public synchronized void close() throws IOException {
    listening.close();
    for (Socket socket : held) {
      socket.close();
    }
  }
}
