package io.sounder.server.reactor;

/** Is told of connections that come and go, on the reactor's thread. */
@FunctionalInterface
public interface ConnectionObserver {
  /** One was let in. */
  default void onAdmitted() {}

  /** One that was let in is closed. */
  void onClosed();
}
