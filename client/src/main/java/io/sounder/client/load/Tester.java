package io.sounder.client.load;

import io.sounder.client.cli.Interrupts;
import io.sounder.client.cli.Version;
import io.sounder.client.net.NanoClock;
import io.sounder.client.report.Environment;
import io.sounder.client.report.LoadResult;
import io.sounder.client.report.Progress;
import java.util.function.Function;

/** Runs tests, one after the other; Ctrl-C ends the one that runs, and with it all. */
final class Tester {
  private final Function<LoadPlan, Progress> followers;

  /**
   * A tester.
   *
   * @param followers who follows each test
   */
  Tester(Function<LoadPlan, Progress> followers) {
    this.followers = followers;
  }

  /**
   * Runs one test.
   *
   * @throws io.sounder.client.outcome.ClientFailure if no connection at all could be made
   */
  LoadResult run(LoadPlan plan) throws InterruptedException {
    LoadRun run = new LoadRun(plan, NanoClock.SYSTEM, followers.apply(plan));
    Interrupts interrupts = Interrupts.takeOver(run::interrupt);
    try {
      return run.execute();
    } finally {
      interrupts.close();
    }
  }

  /** Where it is measured. */
  static Environment environment() {
    return Environment.current(new Version().getVersion()[0]);
  }
}
