package io.sounder.bench.peer;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** An echo server with a virtual thread per connection, as Java 21 and newer make it easy. */
public final class VirtualThreadEcho {
  private VirtualThreadEcho() {}

  public static void main(String[] args) throws IOException, ReflectiveOperationException {
    // By its name, because this is compiled for Java 17.
    ExecutorService threads =
        (ExecutorService) Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
    try (ServerSocket listener =
        new ServerSocket(0, Listening.BACKLOG, InetAddress.getLoopbackAddress())) {
      Listening.announce((InetSocketAddress) listener.getLocalSocketAddress());
      while (true) {
        Socket socket = listener.accept();
        threads.execute(() -> echo(socket));
      }
    }
  }

  private static void echo(Socket socket) {
    try (socket) {
      socket.setTcpNoDelay(true);
      InputStream in = socket.getInputStream();
      OutputStream out = socket.getOutputStream();
      byte[] buffer = new byte[Listening.MOST_READ_BYTES];
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        out.write(buffer, 0, count);
      }
    } catch (IOException e) {
      // The peer is gone, and so is its thread.
    }
  }
}
