package io.sounder.server.reactor;

/** Is told of connections that come and go, on the reactor's thread. */
public interface ConnectionObserver {
  /** One was let in. */
  void onAdmitted();

  /** One that was let in is closed. */
  void onClosed();
}
