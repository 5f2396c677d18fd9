package io.sounder.server.exposition;

import io.sounder.server.admin.Answer;
import io.sounder.server.admin.Page;
import io.sounder.server.admin.Question;
import io.sounder.server.metrics.Counters;

/** {@code /readyz}: whether the service should be sent traffic, and why not. */
public final class ReadinessPage implements Page {
  private final Counters counters;

  public ReadinessPage(Counters counters) {
    this.counters = counters;
  }

  @Override
  public Answer answer(Question question) {
    if (counters.isStopping()) {
      return Answer.text(503, "not ready: it was asked to stop\n");
    }
    return counters.isReady()
        ? Answer.text(200, "ready\n")
        : Answer.text(503, "not ready: a thread is stuck\n");
  }
}
