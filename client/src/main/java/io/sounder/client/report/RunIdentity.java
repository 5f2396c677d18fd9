package io.sounder.client.report;

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
 */
public record RunIdentity(
    String run,
    String target,
    Map<String, Object> settings,
    int connectionsAsked,
    boolean isStream,
    boolean isTimed,
    double rateAsked,
    String arrivals) {
  /** Whether requests had planned moments. */
  public boolean isOpenLoop() {
    return !Double.isNaN(rateAsked);
  }
}
