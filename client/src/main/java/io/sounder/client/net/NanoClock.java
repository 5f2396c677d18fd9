package io.sounder.client.net;

/**
 * A monotonic clock. Its values mean nothing by themselves; compare them as {@code deadline - now
 * <= 0}.
 */
@FunctionalInterface
public interface NanoClock {
  NanoClock SYSTEM = System::nanoTime;

  long nanoTime();
}
