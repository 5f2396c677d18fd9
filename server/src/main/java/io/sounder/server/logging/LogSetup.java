package io.sounder.server.logging;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.util.concurrent.TimeUnit;
import org.slf4j.LoggerFactory;

/**
 * Sets logback up in code, which is ready sooner than a file read at start. Lines wait in a bounded
 * queue for a thread that writes them; when it is full they are dropped, since a log that nobody
 * reads must not stop the service.
 */
public final class LogSetup {
  private static final int MAX_WAITING = 1024;
  private static final long FLUSH_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final String PATTERN = "%d{yyyy-MM-dd'T'HH:mm:ss.SSSXXX} %-5level %msg%n%ex";
  private static final String QUIET_PATTERN =
      "%d{yyyy-MM-dd'T'HH:mm:ss.SSSXXX} %-5level %msg%n%nopex";

  private static volatile LogLines installed;

  private LogSetup() {}

  /**
   * Logs to standard error from now on.
   *
   * @param verbose connections too, and stack traces
   * @param onDropped told of each line that could not be written, by any thread
   */
  public static void install(boolean verbose, Runnable onDropped) {
    LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
    context.reset();
    PatternLayoutEncoder encoder = new PatternLayoutEncoder();
    encoder.setContext(context);
    encoder.setPattern(verbose ? PATTERN : QUIET_PATTERN);
    encoder.start();
    Logger root = context.getLogger(Logger.ROOT_LOGGER_NAME);
    // Not System.err, which keeps its errors to itself.
    FileOutputStream stderr = new FileOutputStream(FileDescriptor.err);
    LogLines lines = new LogLines(stderr, encoder, MAX_WAITING, root, onDropped);
    lines.setContext(context);
    lines.start();
    root.setLevel(verbose ? Level.DEBUG : Level.INFO);
    root.addAppender(lines);
    installed = lines;
  }

  /** Whether the log goes where it should. */
  public static boolean isInstalled() {
    return installed != null;
  }

  /** Writes what waits, for a second at most, and stops logging. Any thread. */
  public static void flush() {
    LogLines lines = installed;
    if (lines != null) {
      try {
        lines.stop(FLUSH_NANOS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
