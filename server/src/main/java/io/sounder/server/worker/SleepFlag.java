package io.sounder.server.worker;

import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Whether a thread sleeps, or is just about to, so that whoever leaves it something knows whether
 * it must be woken, and only one does.
 *
 * <pre>
 *   the sleeper                            anybody else
 *   fallAsleep                             leave something for it
 *   look for what was left                 tryWake: wake it, if true
 *   sleep until woken, or not at all
 *   rise
 * </pre>
 *
 * <p>Each says its part before it looks at the other's, so that no wake-up is lost.
 */
public final class SleepFlag {
  private final AtomicBoolean asleep = new AtomicBoolean();

  /** The sleeper: says that it goes to sleep; then it must look for the last time. */
  public void fallAsleep() {
    asleep.set(true);
  }

  /** The sleeper: is awake. Whether by itself, since nobody had the duty to wake it. */
  public boolean rise() {
    return asleep.getAndSet(false);
  }

  public boolean isAsleep() {
    return asleep.get();
  }

  /** Any thread: whether it sleeps and the caller, and nobody else, must wake it. */
  public boolean tryWake() {
    return asleep.get() && asleep.compareAndSet(true, false);
  }
}
