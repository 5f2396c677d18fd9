package io.sounder.client.report;

import io.sounder.client.load.stats.Interval;
import java.util.List;

/**
 * Somebody who follows a load test while it runs: a screen, lines, a file. Called by the
 * coordinating thread alone.
 */
public interface Progress {
  /** Nobody. */
  Progress NONE =
      new Progress() {
        @Override
        public long intervalNanos() {
          return 0;
        }

        @Override
        public void connecting(int open, int asked) {}

        @Override
        public void interval(Interval interval) {}

        @Override
        public void finish() {}
      };

  /** How long an interval should be; 0 if none are wanted. */
  long intervalNanos();

  /** Connections are being opened; told again and again while that lasts. */
  void connecting(int open, int asked);

  /** An interval is over. */
  void interval(Interval interval);

  /** There is no more; what is printed next begins on a clean line. */
  void finish();

  /** Several at once, each of which is told of the shortest intervals that any of them wants. */
  static Progress all(List<Progress> several) {
    List<Progress> followers = List.copyOf(several);
    return new Progress() {
      @Override
      public long intervalNanos() {
        return followers.stream()
            .mapToLong(Progress::intervalNanos)
            .filter(nanos -> nanos > 0)
            .min()
            .orElse(0);
      }

      @Override
      public void connecting(int open, int asked) {
        followers.forEach(follower -> follower.connecting(open, asked));
      }

      @Override
      public void interval(Interval interval) {
        followers.forEach(follower -> follower.interval(interval));
      }

      @Override
      public void finish() {
        followers.forEach(Progress::finish);
      }
    };
  }
}
