package io.sounder.client.report;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a test is going to do, for those who watch it.
 *
 * @param settings the flags in force, by name, in the order in which they are shown
 * @param connections how many are asked for
 * @param durationNanos how long it measures at most, without the warm-up
 * @param requests how many it sends at most; 0 for as many as the duration lets through
 */
public record RunOutline(
    String target,
    Map<String, Object> settings,
    int connections,
    long durationNanos,
    long requests) {
  public RunOutline {
    settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
  }
}
