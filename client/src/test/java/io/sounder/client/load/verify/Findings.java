package io.sounder.client.load.verify;

import java.util.ArrayList;
import java.util.List;

/** Writes down what a verifier finds, and settles requests as a session does. */
public final class Findings implements Replies {
  public final List<String> seen = new ArrayList<>();
  private final InFlight inFlight;
  public boolean unusable;

  public Findings(InFlight inFlight) {
    this.inFlight = inFlight;
  }

  @Override
  public void onRight(long sequence) {
    inFlight.settle(sequence);
    seen.add("right " + sequence);
  }

  @Override
  public void onWrong(long sequence, Wrong wrong) {
    inFlight.settle(sequence);
    seen.add(wrong.text() + " " + sequence);
  }

  @Override
  public void onUnawaited(long sequence) {
    seen.add("again " + sequence);
  }

  @Override
  public void onStray(Wrong wrong) {
    seen.add("stray " + wrong.text());
  }

  @Override
  public void onUnusable() {
    unusable = true;
  }
}
