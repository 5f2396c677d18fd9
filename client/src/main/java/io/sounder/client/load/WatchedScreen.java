package io.sounder.client.load;

import io.sounder.client.cli.Resizes;
import io.sounder.client.load.stats.Interval;
import io.sounder.client.report.LiveScreen;
import io.sounder.client.report.Progress;

/** A live screen that learns when its terminal gets another size. */
final class WatchedScreen implements Progress {
  private final LiveScreen screen;
  private final Resizes resizes;

  WatchedScreen(LiveScreen screen) {
    this.screen = screen;
    this.resizes = Resizes.watch(screen::resizing, screen::resized);
  }

  @Override
  public long intervalNanos() {
    return screen.intervalNanos();
  }

  @Override
  public void connecting(int open, int asked) {
    screen.connecting(open, asked);
  }

  @Override
  public void interval(Interval interval) {
    screen.interval(interval);
  }

  @Override
  public void finish() {
    resizes.close();
    screen.finish();
  }
}
