package io.sounder.server.logging;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.UnsynchronizedAppenderBase;
import ch.qos.logback.core.encoder.Encoder;
import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Writes log events as lines, on a thread of its own. How many were dropped is said in a line of
 * its own once lines flow again. Logback's own appenders would give up for good after an error, or
 * never see one.
 */
final class LogLines extends UnsynchronizedAppenderBase<ILoggingEvent> {
  private static final long TELL_PERIOD_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final OutputStream out;
  private final Encoder<ILoggingEvent> encoder;
  private final Logger ownLogger;
  private final Runnable onDropped;
  private final Outlet<ILoggingEvent> outlet;
  private final AtomicLong dropped = new AtomicLong();
  private long told; // the writing thread's
  private long toldNanos = System.nanoTime();

  /**
   * An appender that is not yet started.
   *
   * @param out where lines go: unbuffered, so that an error is that line's
   * @param ownLogger in whose name dropped lines are told of
   * @param onDropped told of each line that was not written, by any thread
   */
  LogLines(
      OutputStream out,
      Encoder<ILoggingEvent> encoder,
      int capacity,
      Logger ownLogger,
      Runnable onDropped) {
    this.out = out;
    this.encoder = encoder;
    this.ownLogger = ownLogger;
    this.onDropped = onDropped;
    this.outlet = new Outlet<>("log", capacity, this::write, this::onDropped);
  }

  @Override
  public void start() {
    super.start();
    outlet.start();
  }

  @Override
  protected void append(ILoggingEvent event) {
    event.prepareForDeferredProcessing();
    outlet.put(event);
  }

  private void onDropped() {
    dropped.incrementAndGet();
    onDropped.run();
  }

  private void write(ILoggingEvent event, boolean isLast) throws IOException {
    out.write(encoder.encode(event));
    long untold = dropped.get() - told;
    if (untold > 0 && (isLast || System.nanoTime() - toldNanos >= TELL_PERIOD_NANOS)) {
      String message = untold + " log lines were dropped";
      out.write(
          encoder.encode(
              new LoggingEvent(
                  LogLines.class.getName(), ownLogger, Level.WARN, message, null, null)));
      told += untold;
      toldNanos = System.nanoTime();
    }
  }

  /** Writes what waits, for so long at most, and stops. */
  void stop(long timeoutNanos) throws InterruptedException {
    super.stop();
    outlet.stop(timeoutNanos);
  }
}
