package io.sounder.server.metrics;

import java.util.List;

/** Who has done how much of the work, and how much waits. Any thread may ask. */
public interface Workload {
  /** What the workers have done, each for itself. */
  List<Tally> workerTallies();

  /** What the reactor has done by assisting. */
  Tally reactorTally();

  /** How many sockets wait for an owner. */
  int queued();
}
