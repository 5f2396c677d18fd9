package io.sounder.bench.race.result;

import com.fasterxml.jackson.annotation.JsonIgnore;

/**
 * One server's turn in a round.
 *
 * @param requestsPerSecond right replies, each byte of them checked
 * @param p50Nanos median service time, as the generator saw it
 * @param cpuNanosPerRequest what the kernel charged the server's process with
 * @param residentBytes of the server's process, at the end
 * @param clientCores how many cores the generator kept busy; NaN if its system does not say
 * @param failed requests that were lost, wrong or not answered
 */
public record Sample(
    double requestsPerSecond,
    double p50Nanos,
    double p99Nanos,
    double p999Nanos,
    double cpuNanosPerRequest,
    long residentBytes,
    double clientCores,
    long failed) {
  /** How many cores the server kept busy. */
  @JsonIgnore
  public double serverCores() {
    return requestsPerSecond * cpuNanosPerRequest / 1e9;
  }

  /** Between two neighbours in time: the geometric mean of each figure. */
  public static Sample between(Sample before, Sample after) {
    return new Sample(
        mean(before.requestsPerSecond, after.requestsPerSecond),
        mean(before.p50Nanos, after.p50Nanos),
        mean(before.p99Nanos, after.p99Nanos),
        mean(before.p999Nanos, after.p999Nanos),
        mean(before.cpuNanosPerRequest, after.cpuNanosPerRequest),
        Math.max(before.residentBytes, after.residentBytes),
        mean(before.clientCores, after.clientCores),
        before.failed + after.failed);
  }

  private static double mean(double a, double b) {
    return Math.sqrt(a * b);
  }
}
