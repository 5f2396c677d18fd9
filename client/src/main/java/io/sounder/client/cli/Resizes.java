package io.sounder.client.cli;

/** Tells when the user's terminal gets another size, where the system tells (SIGWINCH). */
public final class Resizes implements AutoCloseable {
  private static final String SIGNAL = "WINCH";

  private Object previousHandler;

  private Resizes() {}

  /**
   * Watches until closed.
   *
   * @param onResize run for each change, on the signal's own thread
   */
  public static Resizes watch(Runnable onResize) {
    Resizes resizes = new Resizes();
    resizes.previousHandler = Signals.takeOver(SIGNAL, onResize);
    return resizes;
  }

  @Override
  public void close() {
    Signals.restore(SIGNAL, previousHandler);
    previousHandler = null;
  }
}
