package io.sounder.client.cli;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * Tells when the user's terminal gets another size, where the system tells (SIGWINCH). Somebody who
 * pulls at a window causes many changes, and terminals tell of some of them late: so it is told
 * when they begin, and again when there has been none for a while.
 */
public final class Resizes implements AutoCloseable {
  private static final String SIGNAL = "WINCH";
  private static final long QUIET_NANOS = 300_000_000L; // tmux tells every 250 ms

  private final Runnable onBegin;
  private final Runnable onSettled;
  private final AtomicInteger untold = new AtomicInteger();
  private Object previousHandler;

  private Resizes(Runnable onBegin, Runnable onSettled) {
    this.onBegin = onBegin;
    this.onSettled = onSettled;
  }

  /**
   * Watches until closed. Both are run on a signal's thread, in turn.
   *
   * @param onBegin the size changes; it may change further
   * @param onSettled the size stays for now, and may be asked for
   */
  public static Resizes watch(Runnable onBegin, Runnable onSettled) {
    Resizes resizes = new Resizes(onBegin, onSettled);
    resizes.previousHandler = Signals.takeOver(SIGNAL, resizes::onSignal);
    return resizes;
  }

  /** One thread follows the changes until there are no more; those of other signals count only. */
  private void onSignal() {
    if (untold.getAndIncrement() > 0) {
      return;
    }
    int told;
    do {
      onBegin.run();
      told = awaitQuiet();
      onSettled.run();
    } while (!untold.compareAndSet(told, 0));
  }

  private int awaitQuiet() {
    int before;
    do {
      before = untold.get();
      LockSupport.parkNanos(QUIET_NANOS);
    } while (untold.get() != before);
    return before;
  }

  @Override
  public void close() {
    Signals.restore(SIGNAL, previousHandler);
    previousHandler = null;
  }
}
