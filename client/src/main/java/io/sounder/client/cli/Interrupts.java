package io.sounder.client.cli;

import io.sounder.client.outcome.ExitCode;
import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Ctrl-C while a command can still report what there is: the first one is told to the command, the
 * second ends the process at once. Commands that have nothing to report need none of this: the JVM
 * then ends with 130 by itself.
 *
 * <p>{@code sun.misc.Signal} is reached by reflection, because a compiler that is told to build for
 * an older Java warns about it in a way that cannot be suppressed. Where it is missing, Ctrl-C ends
 * the process as ever.
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
    interrupts.previousHandler = install(interrupts.newHandler());
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
    if (previousHandler != null) {
      install(previousHandler);
      previousHandler = null;
    }
  }

  private Object newHandler() {
    try {
      Class<?> type = Class.forName("sun.misc.SignalHandler");
      return Proxy.newProxyInstance(
          type.getClassLoader(),
          new Class<?>[] {type},
          (proxy, method, args) ->
              switch (method.getName()) {
                case "handle" -> {
                  interrupt();
                  yield null;
                }
                case "equals" -> proxy == args[0];
                case "hashCode" -> System.identityHashCode(proxy);
                default -> Interrupts.class.getName();
              });
    } catch (ClassNotFoundException e) {
      return null;
    }
  }

  /** The handler before, or null if there are no signals here. */
  private static Object install(Object handler) {
    if (handler == null) {
      return null;
    }
    try {
      Class<?> signalType = Class.forName("sun.misc.Signal");
      Class<?> handlerType = Class.forName("sun.misc.SignalHandler");
      Object signal = signalType.getConstructor(String.class).newInstance(SIGNAL);
      return signalType.getMethod("handle", signalType, handlerType).invoke(null, signal, handler);
    } catch (ReflectiveOperationException e) {
      return null; // no such signal, or it belongs to the JVM (-Xrs)
    }
  }
}
