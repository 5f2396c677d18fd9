package io.sounder.bench.micro;

import io.sounder.server.connection.Handoff;
import io.sounder.server.connection.Interest;
import io.sounder.server.connection.Request;
import org.openjdk.jmh.annotations.Benchmark;

/** The moves of a socket from the reactor to an owner and back, on one thread. */
public class HandoffBenchmark extends MicroBenchmark {
  private final Token socket = new Token();

  /** What a request pays. */
  @Benchmark
  public boolean handAndRelease() {
    return socket.tryHand() && socket.tryRelease(Interest.NOTHING);
  }

  /** What it pays when the socket was reported ready again in between. */
  @Benchmark
  public Handoff handMarkAndSettle() {
    if (!socket.tryHand() || !socket.tryMark() || socket.tryRelease(Interest.NOTHING)) {
      throw new AssertionError("an illegal move");
    }
    socket.letGo(Request.WATCH, Interest.NOTHING);
    socket.settle();
    return socket;
  }
}
