package io.sounder.server.watch;

import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * How long a thread may be stuck in one step, and what then.
 *
 * @param warnNanos after so long there is a warning with its stack
 * @param unreadyNanos after so long the service should get no more traffic
 * @param fatalNanos after so long it is not expected to get on any more
 * @param onFatal then told what is stuck, where, and for how long; on the watcher's thread
 */
public record StallPolicy(
    long warnNanos, long unreadyNanos, long fatalNanos, Consumer<String> onFatal) {
  /** A reply that takes longer is one that a person notices. */
  private static final long WARN_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

  private static final long UNREADY_NANOS = TimeUnit.SECONDS.toNanos(5);
  private static final long FATAL_NANOS = TimeUnit.SECONDS.toNanos(30);

  /** The default times. */
  public static StallPolicy endingBy(Consumer<String> onFatal) {
    return new StallPolicy(WARN_NANOS, UNREADY_NANOS, FATAL_NANOS, onFatal);
  }

  /** The default times, for a service inside of a process that is not its own: it goes on. */
  public static StallPolicy warning() {
    return endingBy(stuck -> {});
  }

  /** How often to look, so that a stall is seen soon enough. */
  long periodNanos() {
    return warnNanos / 4;
  }
}
