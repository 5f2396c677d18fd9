package io.sounder.server.metrics;

import io.sounder.server.connection.Connection;
import io.sounder.server.connection.Handoff;
import io.sounder.server.connection.Phase;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;

/**
 * How many connections each listener has, by what they are at. Filled by the reactor, then read by
 * whoever asked for it. The phase of a connection that somebody owns is that of a moment ago.
 */
final class Census {
  private final Map<String, Map<Phase, Long>> byState = new HashMap<>();
  private final Map<String, Long> handed = new HashMap<>();

  /** Reactor: counts one. */
  void visit(Handoff socket) {
    if (socket instanceof Connection connection) {
      String name = connection.listener().toString();
      states(name).merge(connection.phase(), 1L, Long::sum);
      handed.merge(name, connection.isIdle() ? 0L : 1L, Long::sum);
    }
  }

  private Map<Phase, Long> states(String name) {
    return byState.computeIfAbsent(name, each -> none());
  }

  private static Map<Phase, Long> none() {
    Map<Phase, Long> none = new EnumMap<>(Phase.class);
    for (Phase phase : Phase.values()) {
      none.put(phase, 0L);
    }
    return none;
  }

  /** How many are in which phase. */
  Map<Phase, Long> byState(String name) {
    return byState.getOrDefault(name, none());
  }

  long handed(String name) {
    return handed.getOrDefault(name, 0L);
  }
}
