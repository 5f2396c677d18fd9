package io.sounder.client.report;

import io.sounder.client.load.slo.Measured;
import io.sounder.client.load.slo.Slo;
import io.sounder.client.load.slo.SloOutcome;
import io.sounder.protocol.endpoint.Scheme;
import java.util.List;
import java.util.Map;

/**
 * What a run tests, and how.
 *
 * @param run 16 hexadecimal digits that tell this run from all others
 * @param settings the flags in force, by name, in the order in which they are shown
 * @param isStream whether the transport keeps the order of replies
 * @param isTimed whether requests have a latency: not if nobody answers
 * @param rateAsked requests per second, on average; NaN in a closed loop
 * @param arrivals how planned requests are spread; null in a closed loop
 * @param slo what is asked of the target; null if nothing is
 */
public record RunIdentity(
    String run,
    String target,
    Map<String, Object> settings,
    int connectionsAsked,
    boolean isStream,
    boolean isTimed,
    double rateAsked,
    String arrivals,
    Slo slo) {
  /** Whether requests had planned moments. */
  public boolean isOpenLoop() {
    return !Double.isNaN(rateAsked);
  }

  /** Whether connections begin with a TLS handshake. */
  boolean isTls() {
    return target.startsWith(Scheme.TLS.text() + "://");
  }

  /** How each clause of the objective ended; none without one. */
  List<SloOutcome> outcomes(Measured measured) {
    return slo == null ? List.of() : slo.judge(measured);
  }
}
