package io.sounder.server;

import io.sounder.protocol.text.Escapes;
import io.sounder.server.connection.Listener;
import io.sounder.server.logging.Outlet;
import io.sounder.server.metrics.Counters;
import io.sounder.server.worker.MessageObserver;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.concurrent.TimeUnit;

/**
 * Prints each message that arrives: time, listener, peer, size, text with control characters
 * escaped. A thread of its own prints; what it cannot keep up with, or cannot print, is dropped and
 * counted, since a slow terminal must not slow the service.
 */
final class ShowPrinter implements MessageObserver {
  private static final int MAX_WAITING = 10_000;
  private static final int MAX_SHOWN_BYTES = 1024;
  private static final long FLUSH_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss.SSS");

  private final Outlet<String> lines;
  private final Counters counters;

  /**
   * A printer that does not print yet.
   *
   * @param out unbuffered, so that an error is that line's
   */
  ShowPrinter(OutputStream out, Charset charset, Counters counters) {
    this.counters = counters;
    this.lines =
        new Outlet<>(
            "show",
            MAX_WAITING,
            (line, isLast) -> print(line, out, charset),
            counters::onShowDropped);
  }

  private static void print(String line, OutputStream out, Charset charset) throws IOException {
    out.write((line + System.lineSeparator()).getBytes(charset));
  }

  void start() {
    lines.start();
  }

  @Override
  public void onMessage(Listener listener, Peer peer, ByteBuffer message) {
    if (!lines.hasRoom()) {
      counters.onShowDropped();
      return;
    }
    lines.put(
        TIME.format(LocalTime.now(ZoneId.systemDefault()))
            + " "
            + listener
            + " "
            + peer.text()
            + " "
            + message.remaining()
            + " "
            + Escapes.show(message, MAX_SHOWN_BYTES));
  }

  /** Prints what waits, and ends; gives up after a second. */
  void stop() throws InterruptedException {
    lines.stop(FLUSH_NANOS);
  }
}
