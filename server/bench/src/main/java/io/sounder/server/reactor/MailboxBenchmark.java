package io.sounder.server.reactor;

import io.sounder.bench.micro.MicroBenchmark;
import io.sounder.bench.micro.Token;
import io.sounder.server.connection.Handoff;
import java.util.function.Consumer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.infra.Blackhole;

/** What sockets pay whose owners ask something of the reactor, and what the reactor pays always. */
public class MailboxBenchmark extends MicroBenchmark {
  private static final int BATCH = 64;

  private final Mailbox mailbox = new Mailbox();
  private final Handoff[] sockets = new Handoff[BATCH];
  private Consumer<Handoff> onLetGo;

  @Setup
  public void setUp(Blackhole blackhole) {
    for (int i = 0; i < BATCH; i++) {
      sockets[i] = new Token();
    }
    onLetGo = blackhole::consume;
  }

  /** In each cycle of the reactor, with nothing in it. */
  @Benchmark
  public boolean lookIntoEmpty() {
    mailbox.deliver(onLetGo);
    return mailbox.isEmpty();
  }

  @Benchmark
  @OperationsPerInvocation(BATCH)
  public void postAndDeliver() {
    for (Handoff socket : sockets) {
      mailbox.post(socket);
    }
    mailbox.deliver(onLetGo);
  }
}
