package io.sounder.server.metrics;

import io.sounder.server.count.Tally;
import java.util.List;

/** Who has done how much of the work, and how much waits. Any thread may ask. */
public interface Workload {
  /** What the workers have done, each for itself. */
  List<Tally> workerTallies();

  /** What the reactor has done by assisting. */
  Tally reactorTally();

  /** How many sockets wait for an owner. */
  int queued();

  /** How many bytes connections hold together: what was begun, and what was not taken. */
  long bufferBytes();

  /** How many they may. */
  long bufferBudgetBytes();
}
