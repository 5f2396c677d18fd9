package io.sounder.page;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sounder.protocol.endpoint.AccessList;
import io.sounder.protocol.endpoint.Endpoint;
import io.sounder.protocol.endpoint.ListenerSpec;
import io.sounder.server.AdminPages;
import io.sounder.server.Server;
import io.sounder.server.ServerOptions;
import io.sounder.server.admin.AdminServer;
import io.sounder.server.admin.Doorway;
import io.sounder.server.connection.NanoClock;
import io.sounder.server.inspect.Inspector;
import io.sounder.server.metrics.Counters;
import io.sounder.server.watch.StallPolicy;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A server in this process, and its page. */
final class WatchedServer implements AutoCloseable {
  private static final long DRAIN_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final long BUFFER_BYTES = 16 << 20;

  private final Inspector inspector = new Inspector(NanoClock.SYSTEM, InstantSource.system());
  private final Server server;
  private AdminServer admin;

  WatchedServer(String... listeners) throws Exception {
    List<ListenerSpec> specs = Stream.of(listeners).map(ListenerSpec::parse).toList();
    server =
        Server.start(
            new ServerOptions(specs, 1, true, false, 0, 0, DRAIN_NANOS, 0, BUFFER_BYTES),
            new Counters(),
            inspector,
            StallPolicy.warning());
    open(0);
  }

  private void open(int port) throws IOException {
    admin =
        AdminServer.bind(
            Doorway.plain(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), port), AccessList.LOOPBACK),
            server.counters()::onAdminRefused);
    admin.serve(AdminPages.of(server, inspector));
  }

  /** As if it was started again: pages that look at it lose it. */
  void closePage() {
    admin.stop();
  }

  void openPageAgain() throws IOException {
    open(admin.address().getPort());
  }

  URI page() {
    return URI.create("http://127.0.0.1:" + admin.address().getPort() + "/");
  }

  String stats() {
    return server.stats();
  }

  Endpoint endpoint(int index) {
    return server.endpoints().get(index);
  }

  /** A client that sends, and reads nothing. */
  Socket connect(int index) throws IOException {
    return new Socket(InetAddress.getLoopbackAddress(), endpoint(index).port());
  }

  static void send(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(UTF_8));
  }

  @Override
  public void close() {
    admin.stop();
    try {
      server.stop();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
