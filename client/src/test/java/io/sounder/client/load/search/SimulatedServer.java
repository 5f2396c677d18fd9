package io.sounder.client.load.search;

import io.sounder.client.load.slo.Measured;
import io.sounder.client.load.stats.Latencies;
import java.util.Random;

/** Says what a step would measure, without taking its time. */
interface SimulatedServer {
  StepOutcome run(Step step);

  /**
   * Answers in 200 µs up to its capacity; above it a queue builds up for as long as the step lasts.
   */
  static SimulatedServer hardLimit(double perSecond) {
    return step -> {
      double excess = Math.max(0, step.perSecond() / perSecond - 1);
      Latencies times = new Latencies();
      for (int i = 0; i < 1000; i++) {
        double sinceStart = step.warmUpNanos() + step.measureNanos() * (i / 1000.0);
        times.record(200_000 + Math.round(excess * sinceStart));
      }
      return outcome(step, times, Math.min(perSecond, step.perSecond()), false);
    };
  }

  /** Its latency rises with its load as that of a single queue does: 100 µs / (1 - load). */
  static SimulatedServer softKnee(double perSecond) {
    return step -> {
      double load = Math.min(0.9999, step.perSecond() / perSecond);
      Latencies times = new Latencies();
      times.record(Math.round(100_000 / (1 - load)));
      return outcome(step, times, Math.min(perSecond, step.perSecond()), false);
    };
  }

  /** The client cannot send more than so much, so that its lag is in the times, and knows it. */
  static SimulatedServer limitedClient(SimulatedServer server, double perSecond) {
    return step -> {
      StepOutcome outcome = server.run(step);
      if (step.perSecond() <= perSecond) {
        return outcome;
      }
      Latencies times = new Latencies();
      times.record(50_000_000);
      return outcome(step, times, outcome.measured().achievedPerSecond(), true);
    };
  }

  /** Some steps fail for no reason of the server's. */
  static SimulatedServer noisy(SimulatedServer server, double share, Random random) {
    return step -> {
      StepOutcome outcome = server.run(step);
      if (random.nextDouble() >= share) {
        return outcome;
      }
      Latencies times = new Latencies();
      times.record(50_000_000);
      return outcome(step, times, outcome.measured().achievedPerSecond(), false);
    };
  }

  /** Each step takes so much longer, for the last replies. */
  static SimulatedServer slowToEnd(SimulatedServer server, long nanos) {
    return step -> {
      StepOutcome outcome = server.run(step);
      return new StepOutcome(
          outcome.measured(), outcome.clientLimited(), outcome.elapsedNanos() + nanos);
    };
  }

  private static StepOutcome outcome(
      Step step, Latencies times, double achieved, boolean clientLimited) {
    long planned = (long) Math.ceil(step.perSecond() * step.measureNanos() / 1e9);
    Measured measured =
        new Measured(
            times, times, times, times, planned, planned, planned, 0, step.perSecond(), achieved);
    return new StepOutcome(measured, clientLimited, step.warmUpNanos() + step.measureNanos());
  }
}
