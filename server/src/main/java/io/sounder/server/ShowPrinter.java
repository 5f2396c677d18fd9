package io.sounder.server;

import io.sounder.protocol.text.Escapes;
import io.sounder.server.connection.Listener;
import io.sounder.server.metrics.Counters;
import io.sounder.server.worker.MessageObserver;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * Prints each message that arrives: time, listener, peer, size, text with control characters
 * escaped. A thread of its own prints; what it cannot keep up with is dropped and counted, since a
 * slow terminal must not slow the service.
 */
final class ShowPrinter implements MessageObserver, Runnable {
  private static final int MAX_WAITING = 10_000;
  private static final int MAX_SHOWN_BYTES = 1024;
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss.SSS");
  private static final String END = "";

  private final BlockingQueue<String> waiting = new ArrayBlockingQueue<>(MAX_WAITING);
  private final PrintStream out;
  private final Counters counters;
  private final Thread thread = new Thread(this, "show");

  ShowPrinter(PrintStream out, Counters counters) {
    this.out = out;
    this.counters = counters;
    thread.setDaemon(true);
  }

  void start() {
    thread.start();
  }

  @Override
  public void onMessage(Listener listener, Peer peer, ByteBuffer message) {
    if (waiting.remainingCapacity() <= 1) { // one place is left for the end
      counters.onShowDropped();
      return;
    }
    String line =
        TIME.format(LocalTime.now(ZoneId.systemDefault()))
            + " "
            + listener
            + " "
            + peer.text()
            + " "
            + message.remaining()
            + " "
            + Escapes.show(message, MAX_SHOWN_BYTES);
    if (!waiting.offer(line)) {
      counters.onShowDropped();
    }
  }

  @Override
  public void run() {
    try {
      for (String line = waiting.take(); !line.equals(END); line = waiting.take()) {
        out.println(line);
        if (waiting.isEmpty()) {
          out.flush();
        }
      }
      out.flush();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Prints what waits, and ends; gives up after a second. */
  void stop() throws InterruptedException {
    if (waiting.offer(END, 1, TimeUnit.SECONDS)) {
      thread.join(1000);
    }
  }
}
