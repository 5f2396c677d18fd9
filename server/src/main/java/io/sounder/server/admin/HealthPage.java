package io.sounder.server.admin;

import java.util.concurrent.TimeUnit;

/** {@code /healthz}: whether the service answers, found out by asking it. */
public final class HealthPage implements Page {
  private static final long TIMEOUT_NANOS = TimeUnit.SECONDS.toNanos(1);

  /** Whether the service answers in time. */
  @FunctionalInterface
  public interface Health {
    boolean check(long timeoutNanos) throws InterruptedException;
  }

  private final Health health;

  public HealthPage(Health health) {
    this.health = health;
  }

  @Override
  public Answer answer(Question question) throws InterruptedException {
    return health.check(TIMEOUT_NANOS)
        ? Answer.text(200, "ok\n")
        : Answer.text(503, "the reactor does not answer\n");
  }
}
