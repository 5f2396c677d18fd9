package io.sounder.server.worker;

/**
 * Tells want of direct memory from want of heap. Both come as the same error; but the first has a
 * limit of its own, is met by one allocation for a socket, and harms nobody else, while after the
 * second nobody knows what has failed in which thread.
 */
final class DirectMemory {
  private DirectMemory() {}

  /** Whether this says that no direct memory is left. */
  static boolean isWanted(OutOfMemoryError error) {
    return String.valueOf(error.getMessage()).contains("direct buffer memory");
  }
}
