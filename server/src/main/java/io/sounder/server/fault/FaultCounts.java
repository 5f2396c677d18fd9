package io.sounder.server.fault;

import io.sounder.protocol.endpoint.Fault;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** What one listener has really injected, by kind. Anyone may count, and look. */
public final class FaultCounts {
  private final Map<Fault, LongAdder> counts = new EnumMap<>(Fault.class);

  public FaultCounts() {
    for (Fault fault : Fault.values()) {
      counts.put(fault, new LongAdder());
    }
  }

  /** Counts what was done with one reply. */
  public void add(Treatment done) {
    if (done.deed() != null) {
      add(done.deed());
    }
    if (done.delayed()) {
      add(Fault.DELAY);
    }
    if (done.queued()) {
      add(Fault.CAPACITY);
    }
    if (done.slowBytesPerSecond() > 0) {
      add(Fault.SLOW);
    }
  }

  private void add(Fault fault) {
    counts.get(fault).increment();
  }

  public long of(Fault fault) {
    return counts.get(fault).sum();
  }
}
