package io.sounder.client.report.document;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What became of the connections.
 *
 * @param opened reconnects included
 * @param open at the end
 * @param connectingNanos from the first connect until all that could be were open
 * @param errors by class, while connecting or idle
 */
public record Connections(
    long asked, long opened, long open, long connectingNanos, Map<String, Long> errors) {
  public Connections {
    errors = Collections.unmodifiableMap(new LinkedHashMap<>(errors));
  }

  /**
   * Both, as if they had been one client's.
   *
   * @throws ArithmeticException if a count does not fit 64 bits
   */
  public Connections plus(Connections other) {
    return new Connections(
        Math.addExact(asked, other.asked),
        Math.addExact(opened, other.opened),
        Math.addExact(open, other.open),
        Math.max(connectingNanos, other.connectingNanos),
        RequestCounts.sum(errors, other.errors));
  }
}
