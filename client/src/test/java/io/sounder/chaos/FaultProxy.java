package io.sounder.chaos;

import io.sounder.protocol.endpoint.Endpoint;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * A TCP proxy that does to each connection what its schedule says. One thread serves all fronts and
 * links; others ask it for calls.
 */
final class FaultProxy implements AutoCloseable {
  private static final long LONGEST_WAIT_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final Selector selector = Selector.open();
  private final Queue<Runnable> calls = new ConcurrentLinkedQueue<>();
  private final List<Front> fronts = new ArrayList<>(); // the thread's
  private final Thread thread = new Thread(this::run, "fault-proxy");
  private volatile boolean closed;

  FaultProxy() throws IOException {
    thread.setDaemon(true);
    thread.start();
  }

  /** Where clients connect to reach one server. */
  final class Front {
    private final ServerSocketChannel listening;
    private final InetSocketAddress server;
    private final List<Link> links = new ArrayList<>();
    private Supplier<Schedule> schedules = () -> Schedule.NONE;

    private Front(InetSocketAddress server) throws IOException {
      this.server = server;
      this.listening = ServerSocketChannel.open();
      listening.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      listening.configureBlocking(false);
      listening.register(selector, SelectionKey.OP_ACCEPT, this);
    }

    int port() {
      return listening.socket().getLocalPort();
    }

    /** From now on each connection has the next of these schedules. */
    void begin(Supplier<Schedule> next) {
      onThread(() -> schedules = next);
    }

    /** Cuts what is left, and gives all links since {@link #begin}. */
    List<Link> finish() {
      return onThread(
          () -> {
            links.forEach(Link::cut);
            List<Link> all = List.copyOf(links);
            links.clear();
            return all;
          });
    }

    private void accept() throws IOException {
      for (SocketChannel client = listening.accept(); client != null; client = listening.accept()) {
        links.add(new Link(client, SocketChannel.open(server), schedules.get(), selector));
      }
    }
  }

  /** A front on a free port of the loopback. */
  Front before(Endpoint server) {
    InetSocketAddress address = new InetSocketAddress(server.host(), server.port());
    return onThread(
        () -> {
          Front front = newFront(address);
          fronts.add(front);
          return front;
        });
  }

  private Front newFront(InetSocketAddress server) {
    try {
      return new Front(server);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private <T> T onThread(Supplier<T> call) {
    CompletableFuture<T> result = new CompletableFuture<>();
    calls.add(
        () -> {
          try {
            result.complete(call.get());
          } catch (RuntimeException | Error e) {
            result.completeExceptionally(e);
          }
        });
    selector.wakeup();
    return result.orTimeout(20, TimeUnit.SECONDS).join();
  }

  private void run() {
    try {
      while (!closed) {
        runOnce();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (ClosedSelectorException e) {
      return;
    }
  }

  private void runOnce() throws IOException {
    selector.select(waitMillis());
    selector.selectedKeys().clear(); // all links are stepped: there are few
    for (Runnable call = calls.poll(); call != null; call = calls.poll()) {
      call.run();
    }
    long nowNanos = System.nanoTime();
    for (Front front : fronts) {
      front.accept();
      front.links.forEach(link -> link.step(nowNanos));
    }
  }

  private long waitMillis() {
    long nowNanos = System.nanoTime();
    long waitNanos =
        fronts.stream()
            .flatMap(front -> front.links.stream())
            .mapToLong(link -> link.waitNanos(nowNanos))
            .reduce(LONGEST_WAIT_NANOS, Math::min);
    return Math.max(1, (waitNanos + 999_999) / 1_000_000);
  }

  @Override
  public void close() throws IOException {
    fronts.forEach(Front::finish);
    closed = true;
    selector.wakeup();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    for (Front front : fronts) {
      front.listening.close();
    }
    selector.close();
  }
}
