package io.sounder.bench.micro;

import io.sounder.server.connection.Handoff;
import io.sounder.server.worker.ReadyQueue;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Group;
import org.openjdk.jmh.annotations.GroupThreads;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Control;

/**
 * The way through the ready queue. Alone: a batch is offered and then claimed by the same thread,
 * as when the reactor assists. With consumers: each thread as fast as it can; the time of {@code
 * offer} is that of a socket on its way through, the time of {@code claim} that of a look, of which
 * many find nothing. That needs a free core for each thread, or it is the scheduler that is
 * measured.
 */
public class ReadyQueueBenchmark extends MicroBenchmark {
  private static final int CAPACITY = 8192;
  private static final int CHUNK = 8;
  private static final int BATCH = 64;

  /** The queue that the threads of a group share. */
  @State(Scope.Group)
  public static class Shared {
    private final ReadyQueue queue = new ReadyQueue(CAPACITY);
    private final Handoff socket = new Token();

    void offer(Control control) {
      while (!queue.tryOffer(socket) && !control.stopMeasurement) {
        Thread.onSpinWait();
      }
    }
  }

  private final ReadyQueue own = new ReadyQueue(CAPACITY);
  private final Handoff socket = new Token();
  private final Handoff[] chunk = new Handoff[CHUNK];

  @Benchmark
  @OperationsPerInvocation(BATCH)
  public int alone() {
    for (int i = 0; i < BATCH; i++) {
      own.tryOffer(socket);
    }
    int claimed = 0;
    for (int count = own.claim(chunk); count > 0; count = own.claim(chunk)) {
      claimed += count;
    }
    return claimed;
  }

  @Benchmark
  @Group("oneConsumer")
  @GroupThreads(1)
  public void offer(Shared shared, Control control) {
    shared.offer(control);
  }

  @Benchmark
  @Group("oneConsumer")
  @GroupThreads(1)
  public int claim(Shared shared) {
    return shared.queue.claim(chunk);
  }

  @Benchmark
  @Group("twoConsumers")
  @GroupThreads(1)
  public void offerToTwo(Shared shared, Control control) {
    shared.offer(control);
  }

  @Benchmark
  @Group("twoConsumers")
  @GroupThreads(2)
  public int claimOfTwo(Shared shared) {
    return shared.queue.claim(chunk);
  }
}
