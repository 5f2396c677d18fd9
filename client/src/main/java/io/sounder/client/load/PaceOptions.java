package io.sounder.client.load;

import io.sounder.client.load.rate.ArrivalProcess;
import io.sounder.client.load.rate.LinearRamp;
import io.sounder.client.load.rate.RateProfile;
import io.sounder.client.load.rate.Rates;
import io.sounder.client.outcome.UsageException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import picocli.CommandLine.Option;

/** The flags of an open loop: at what rate requests are sent. */
final class PaceOptions {
  private static final String RATE = "--rate";
  private static final String RATE_PER_CONNECTION = "--rate-per-connection";
  private static final String RAMP = "--ramp";
  private static final String ARRIVALS = "--arrivals";

  @Option(
      names = {"-r", RATE},
      paramLabel = "RATE",
      description =
          "Requests/s of all connections together, such as 50k, whether or not replies come."
              + " Without it, replies set the pace.")
  String rate;

  @Option(
      names = RATE_PER_CONNECTION,
      paramLabel = "RATE",
      description = "The same, for each connection.")
  String ratePerConnection;

  @Option(
      names = RAMP,
      paramLabel = "FROM:TO:TIME",
      description = "A rate that changes evenly, such as 1k:50k:30s, and then stays.")
  String ramp;

  @Option(
      names = ARRIVALS,
      paramLabel = "HOW",
      description =
          "uniform: at equal distances; poisson: at random, as independent users would."
              + " Default: uniform.")
  String arrivals;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description =
          "Of random arrivals, so that a run can be repeated. Default: another each time.")
  Long seed;

  /**
   * The plan; null in a closed loop.
   *
   * @param steps whether the rates come from elsewhere
   * @throws UsageException with one line for the user
   */
  Pace pace(int connections, long durationNanos, boolean steps) {
    Rates.checkOnlyOne(given());
    RateProfile profile = profile(connections, durationNanos);
    if (profile == null) {
      if (!steps) {
        checkNothingElse();
      }
      return null;
    }
    return at(profile);
  }

  /** Whether it was said in any way. */
  boolean hasRate() {
    return !given().isEmpty();
  }

  /** A plan of this profile, with the arrivals that were asked for. */
  Pace at(RateProfile profile) {
    ArrivalProcess process =
        arrivals == null ? ArrivalProcess.UNIFORM : ArrivalProcess.parse(ARRIVALS, arrivals);
    return new Pace(profile, process, seed == null ? ThreadLocalRandom.current().nextLong() : seed);
  }

  private RateProfile profile(int connections, long durationNanos) {
    if (rate != null) {
      return RateProfile.constant(Rates.parse(RATE, rate));
    }
    if (ratePerConnection != null) {
      return RateProfile.constant(
          Rates.parsePerConnection(RATE_PER_CONNECTION, ratePerConnection, connections));
    }
    if (ramp != null) {
      LinearRamp profile = LinearRamp.parse(RAMP, ramp);
      profile.checkWithin(RAMP, durationNanos);
      return profile;
    }
    return null;
  }

  private List<String> given() {
    List<String> given = new ArrayList<>();
    add(given, RATE, rate);
    add(given, RATE_PER_CONNECTION, ratePerConnection);
    add(given, RAMP, ramp);
    return given;
  }

  private static void add(List<String> given, String flag, String value) {
    if (value != null) {
      given.add(flag);
    }
  }

  private void checkNothingElse() {
    if (arrivals != null) {
      throw new UsageException(ARRIVALS + " needs a rate; give --rate too");
    }
    if (seed != null) {
      throw new UsageException("--seed needs a rate with random arrivals; give --rate too");
    }
  }
}
