package io.sounder.server;

import io.sounder.protocol.endpoint.ListenerSpec;
import io.sounder.server.connection.Listener;
import io.sounder.server.logging.LogSetup;
import io.sounder.server.metrics.Counters;
import io.sounder.server.watch.StallPolicy;
import io.sounder.server.worker.MessageObserver;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A program that serves as ours does, and ends as ours does when a message brings it down. */
final class DefectiveServe {
  private static final long WARN_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  private static final List<byte[]> KEPT = new ArrayList<>();

  private DefectiveServe() {}

  public static void main(String[] args) throws Exception {
    FatalEnd.onAnyError();
    Counters counters = new Counters();
    LogSetup.install(false, counters::onLogLineDropped);
    StallPolicy policy =
        new StallPolicy(WARN_NANOS, 2 * WARN_NANOS, 5 * WARN_NANOS, FatalEnd::onStuck);
    int workers = Integer.parseInt(args[0]);
    ServerOptions options =
        new ServerOptions(
            List.of(ListenerSpec.parse("tcp://127.0.0.1:0")),
            workers,
            workers == 0,
            true,
            0,
            0,
            0,
            0,
            1 << 20);
    Server server = Server.start(options, counters, DefectiveServe::obey, policy);
    System.out.println("listening " + server.endpoints().get(0));
    System.out.println("ready");
    server.awaitTermination();
  }

  private static void obey(Listener listener, MessageObserver.Peer peer, ByteBuffer message) {
    switch (message.get(message.position())) {
      case 'e' -> throw new AssertionError("an error for the test");
      case 'h' -> takeMoreThanTheHeap();
      case 'a' -> fillHeap();
      case 'b' -> standStill();
      default -> {}
    }
  }

  private static void takeMoreThanTheHeap() {
    byte[] taken = new byte[1 << 30];
    throw new IllegalStateException("the heap had room for " + taken.length);
  }

  /** To the last bytes, and does not let go of them. */
  private static void fillHeap() {
    int bytes = 1 << 20;
    while (bytes >= 16) {
      try {
        KEPT.add(new byte[bytes]);
      } catch (OutOfMemoryError e) {
        bytes /= 2; // a smaller piece may fit
      }
    }
    throw new OutOfMemoryError("there is none left");
  }

  private static void standStill() {
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
