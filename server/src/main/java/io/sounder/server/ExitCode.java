package io.sounder.server;

/** How the server's process ends. */
final class ExitCode {
  /** Stopped as asked. */
  static final int OK = 0;

  /** Usage or configuration. */
  static final int USAGE = 2;

  /** A listener, or the admin port that was asked for, cannot be bound. */
  static final int CANNOT_BIND = 3;

  /** A defect of ours. */
  static final int INTERNAL = 70;

  /** Added to the number of a signal that ends the process at once. */
  static final int SIGNAL_BASE = 128;

  private ExitCode() {}
}
