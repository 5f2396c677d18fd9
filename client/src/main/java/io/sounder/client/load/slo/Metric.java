package io.sounder.client.load.slo;

import io.sounder.client.load.stats.Latencies;

/** Something measured that an objective sets a bound to. */
sealed interface Metric {
  /** Its value in its unit; NaN if there is none, because nothing was measured. */
  double of(Measured measured);

  Unit unit();

  /** Which of the durations. */
  enum Source {
    RESPONSE,
    SERVICE,
    CONNECT,
    HANDSHAKE;

    private Latencies of(Measured measured) {
      return switch (this) {
        case RESPONSE -> measured.responseTimes();
        case SERVICE -> measured.serviceTimes();
        case CONNECT -> measured.connectTimes();
        case HANDSHAKE -> measured.handshakeTimes();
      };
    }
  }

  /** What of a distribution. */
  enum Statistic {
    MIN,
    MEAN,
    PERCENTILE,
    MAX
  }

  /**
   * A duration.
   *
   * @param percentile above 0, up to 100; of a {@link Statistic#PERCENTILE} only
   */
  record Time(Source source, Statistic statistic, double percentile) implements Metric {
    @Override
    public double of(Measured measured) {
      Latencies latencies = source.of(measured);
      if (latencies.count() == 0) {
        return Double.NaN;
      }
      return switch (statistic) {
        case MIN -> (double) latencies.minNanos();
        case MEAN -> latencies.meanNanos();
        case PERCENTILE -> (double) latencies.percentileNanos(percentile);
        case MAX -> (double) latencies.maxNanos();
      };
    }

    @Override
    public Unit unit() {
      return Unit.NANOS;
    }
  }

  /** What was sent and did not end well. */
  record Errors(Unit unit) implements Metric {
    @Override
    public double of(Measured measured) {
      return unit.of(measured.errors(), measured.planned());
    }
  }

  /** Datagrams without an answer. */
  record Lost(Unit unit) implements Metric {
    @Override
    public double of(Measured measured) {
      return unit.of(measured.lost(), measured.planned());
    }
  }

  /** Right replies per second, or of the rate that was asked for. */
  record Rate(Unit unit) implements Metric {
    @Override
    public double of(Measured measured) {
      return unit == Unit.PER_SECOND
          ? measured.achievedPerSecond()
          : 100 * measured.achievedPerSecond() / measured.askedPerSecond();
    }
  }
}
