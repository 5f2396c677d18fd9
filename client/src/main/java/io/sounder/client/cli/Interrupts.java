package io.sounder.client.cli;

import io.sounder.client.outcome.ExitCode;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Ctrl-C while a command can still report what there is: the first one is told to the command, the
 * second ends the process at once. Commands that have nothing to report need none of this: the JVM
 * then ends with 130 by itself. Where signals cannot be had, Ctrl-C ends the process as ever.
 */
public final class Interrupts implements AutoCloseable {
  private static final String SIGNAL = "INT";

  private final AtomicBoolean requested = new AtomicBoolean();
  private final Runnable onFirst;
  private Object previousHandler;

  private Interrupts(Runnable onFirst) {
    this.onFirst = onFirst;
  }

  /**
   * Takes over SIGINT until closed.
   *
   * @param onFirst run once, on the signal's own thread: it should only set flags and wake others
   */
  public static Interrupts takeOver(Runnable onFirst) {
    Interrupts interrupts = new Interrupts(onFirst);
    interrupts.previousHandler = Signals.takeOver(SIGNAL, interrupts::interrupt);
    return interrupts;
  }

  /** Whether there was a signal. */
  public boolean requested() {
    return requested.get();
  }

  /** As a signal would do; from any thread. */
  void interrupt() {
    if (requested.compareAndSet(false, true)) {
      onFirst.run();
    } else {
      Runtime.getRuntime().halt(ExitCode.INTERRUPTED);
    }
  }

  @Override
  public void close() {
    Signals.restore(SIGNAL, previousHandler);
    previousHandler = null;
  }
}
