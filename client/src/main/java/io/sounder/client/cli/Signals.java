package io.sounder.client.cli;

import java.lang.reflect.Proxy;

/**
 * Signals of the system, told to somebody here.
 *
 * <p>{@code sun.misc.Signal} is reached by reflection, because a compiler that is told to build for
 * an older Java warns about it in a way that cannot be suppressed.
 */
final class Signals {
  private Signals() {}

  /**
   * Takes a signal over.
   *
   * @param name without SIG: {@code INT}
   * @param onSignal run for each, on a thread of its own
   * @return the handler before, for {@link #restore}; null if the signal cannot be had here
   */
  static Object takeOver(String name, Runnable onSignal) {
    try {
      return install(name, newHandler(onSignal));
    } catch (ReflectiveOperationException e) {
      return null; // no such signal, or it belongs to the JVM (-Xrs)
    }
  }

  /** Gives a signal back to the handler that had it before; null changes nothing. */
  static void restore(String name, Object handler) {
    if (handler == null) {
      return;
    }
    try {
      install(name, handler);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("SIG" + name + " cannot be given back", e);
    }
  }

  private static Object newHandler(Runnable onSignal) throws ClassNotFoundException {
    Class<?> type = Class.forName("sun.misc.SignalHandler");
    return Proxy.newProxyInstance(
        type.getClassLoader(),
        new Class<?>[] {type},
        (proxy, method, args) ->
            switch (method.getName()) {
              case "handle" -> {
                onSignal.run();
                yield null;
              }
              case "equals" -> proxy == args[0];
              case "hashCode" -> System.identityHashCode(proxy);
              default -> Signals.class.getName();
            });
  }

  private static Object install(String name, Object handler) throws ReflectiveOperationException {
    Class<?> signalType = Class.forName("sun.misc.Signal");
    Class<?> handlerType = Class.forName("sun.misc.SignalHandler");
    Object signal = signalType.getConstructor(String.class).newInstance(name);
    return signalType.getMethod("handle", signalType, handlerType).invoke(null, signal, handler);
  }
}
