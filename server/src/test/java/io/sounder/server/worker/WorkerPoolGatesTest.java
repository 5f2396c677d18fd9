package io.sounder.server.worker;

import io.sounder.server.connection.Handoff;
import io.sounder.server.connection.NanoClock;
import io.sounder.server.fixture.Eventually;
import io.sounder.server.metrics.Counters;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** That what is measured reaches whoever decides by it. */
@Timeout(30)
class WorkerPoolGatesTest {
  private volatile IdleCores.Sample sample = new IdleCores.Sample(0, 0);
  private WorkerPool pool;

  @BeforeEach
  void start() {
    Reactions nobody = (Handoff letGo) -> {};
    pool =
        new WorkerPool(
            1,
            true,
            1 << 20,
            NanoClock.SYSTEM,
            new Counters(),
            MessageObserver.NONE,
            nobody,
            () -> false);
    pool.start(() -> Optional.of(sample));
  }

  @AfterEach
  void stop() throws InterruptedException {
    pool.stop();
    pool.awaitTermination(5_000_000_000L);
  }

  @Test
  void theReactorMayPollWhileACoreIsIdle() {
    Eventually.equal(0, "may poll", () -> pool.mayPoll() ? 1 : 0);
    sample = new IdleCores.Sample(1, 0);
    Eventually.equal(1, "may poll", () -> pool.mayPoll() ? 1 : 0);
    sample = new IdleCores.Sample(0, 1);
    Eventually.equal(0, "may poll", () -> pool.mayPoll() ? 1 : 0);
  }
}
