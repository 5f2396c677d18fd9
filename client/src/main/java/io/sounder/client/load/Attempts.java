package io.sounder.client.load;

import io.sounder.client.net.Failures;
import io.sounder.client.outcome.ClientFailure;
import io.sounder.protocol.endpoint.Endpoint;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/**
 * What became of the first attempt of each session: the test starts when all have had theirs, and
 * not at all if none succeeded. Any thread.
 */
final class Attempts {
  private final Endpoint endpoint;
  private final CountDownLatch untried;
  private final AtomicInteger succeeded = new AtomicInteger();
  private final AtomicReference<ClientFailure> firstFailure = new AtomicReference<>();

  Attempts(Endpoint endpoint, int sessions) {
    this.endpoint = endpoint;
    this.untried = new CountDownLatch(sessions);
  }

  void onSuccess() {
    succeeded.incrementAndGet();
    untried.countDown();
  }

  void onFailure(IOException cause) {
    onFailure(Failures.connecting(endpoint, cause));
  }

  void onFailure(ClientFailure failure) {
    firstFailure.compareAndSet(null, failure);
    untried.countDown();
  }

  /** Stops the waiting: the run was interrupted, or a loop has died. */
  void giveUp() {
    while (untried.getCount() > 0) {
      untried.countDown();
    }
  }

  /** Whether all had their first attempt before so many nanoseconds were over. */
  boolean await(long nanos) throws InterruptedException {
    return untried.await(nanos, TimeUnit.NANOSECONDS);
  }

  int succeeded() {
    return succeeded.get();
  }

  /** The first failure there was, or null. */
  ClientFailure firstFailure() {
    return firstFailure.get();
  }
}
