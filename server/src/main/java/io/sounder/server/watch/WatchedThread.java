package io.sounder.server.watch;

import io.sounder.server.metrics.ThreadRole;
import java.util.concurrent.TimeUnit;

/** What the watcher knows of one thread. Its alone. */
final class WatchedThread {
  private final ThreadRole role;
  private final Thread thread;
  private final Pulse pulse;
  private long seenSteps;
  private long sinceNanos;
  private long stuckNanos;
  private boolean stalled;
  private boolean warnedOf;
  private boolean givenUp;

  WatchedThread(ThreadRole role, Thread thread, Pulse pulse, long nowNanos) {
    this.role = role;
    this.thread = thread;
    this.pulse = pulse;
    this.seenSteps = pulse.steps();
    this.sinceNanos = nowNanos;
  }

  ThreadRole role() {
    return role;
  }

  /** Does not count so much of the time since the last look. */
  void forgive(long nanos) {
    sinceNanos += nanos;
  }

  /** Looks at it; for how long it has been in the same step, beyond what that may take. */
  long look(long nowNanos) {
    long steps = pulse.steps();
    if (steps != seenSteps || !Pulse.isAtWork(steps) || !thread.isAlive()) {
      seenSteps = steps;
      sinceNanos = nowNanos;
      return 0;
    }
    return Math.max(0, nowNanos - sinceNanos - pulse.allowedNanos());
  }

  void onStalled() {
    stalled = true;
  }

  void onWarnedOf() {
    warnedOf = true;
  }

  /** It is still stuck, and for so long now. */
  void onStuck(long nanos) {
    stuckNanos = nanos;
  }

  void onGetsOn() {
    stalled = false;
    warnedOf = false;
    givenUp = false;
  }

  boolean isStalled() {
    return stalled;
  }

  boolean wasWarnedOf() {
    return warnedOf;
  }

  /** Gives it up, once in each stall. */
  boolean tryGiveUp() {
    boolean first = !givenUp;
    givenUp = true;
    return first;
  }

  /** For how long it is, or was, stuck, as far as that was seen. */
  String stuckFor() {
    return TimeUnit.NANOSECONDS.toMillis(stuckNanos) + " ms";
  }

  /** What is stuck, for how long, and where it is now: a line for each frame. */
  String finding() {
    StringBuilder text = new StringBuilder();
    text.append(this).append(" has been stuck for ").append(stuckFor());
    for (StackTraceElement frame : thread.getStackTrace()) {
      text.append("\n\tat ").append(frame);
    }
    return text.toString();
  }

  @Override
  public String toString() {
    return "thread " + thread.getName();
  }
}
