package io.sounder.server.guard;

import java.util.HashMap;
import java.util.Map;

/**
 * How many connections a source may have at once on a listener, and how many it may begin in a
 * second; a second's worth may begin at once. The first costs memory for those that have
 * connections, which are bounded themselves; the second has a table that never grows.
 *
 * <p>The reactor's.
 */
public final class PeerLimits {
  private static final int SETS = 1024; // 128 KiB

  private final int connectionsPerSource;
  private final int acceptsPerSecond;
  private final Map<Long, Integer> open; // shared with those that it succeeds
  private RateTable accepts; // made for the first that connects

  /**
   * Limits of which nothing is used.
   *
   * @param connectionsPerSource 0 for no limit
   * @param acceptsPerSecond 0 for no limit
   */
  public PeerLimits(int connectionsPerSource, int acceptsPerSecond) {
    this(connectionsPerSource, acceptsPerSecond, new HashMap<>());
  }

  private PeerLimits(int connectionsPerSource, int acceptsPerSecond, Map<Long, Integer> open) {
    this.connectionsPerSource = connectionsPerSource;
    this.acceptsPerSecond = acceptsPerSecond;
    this.open = open;
  }

  /**
   * Other limits for the same sources. What was counted under these counts under those, and leaves
   * under these; what began while nothing was counted never counts.
   */
  public PeerLimits succeededBy(int newConnectionsPerSource, int newAcceptsPerSecond) {
    return new PeerLimits(newConnectionsPerSource, newAcceptsPerSecond, open);
  }

  /** Counts a connection that a source begins, if it may. */
  public boolean tryBegin(long source, long nowNanos) {
    if (acceptsPerSecond == 0) {
      return true;
    }
    if (accepts == null) {
      accepts = new RateTable(new Quota(acceptsPerSecond, acceptsPerSecond), SETS, nowNanos);
    }
    boolean may = accepts.allows(source, nowNanos);
    if (may) {
      accepts.take(nowNanos);
    }
    return may;
  }

  /** Counts a connection that a source has, if it may; {@link #onLeft} must follow. */
  public boolean tryEnter(long source) {
    if (connectionsPerSource == 0) {
      return true;
    }
    int has = open.getOrDefault(source, 0);
    if (has >= connectionsPerSource) {
      return false;
    }
    open.put(source, has + 1);
    return true;
  }

  /** Counts a connection less that a source has. */
  public void onLeft(long source) {
    if (connectionsPerSource > 0) {
      open.computeIfPresent(source, (key, has) -> has == 1 ? null : has - 1);
    }
  }

  /** How many sources have connections, as far as that is counted. */
  int sources() {
    return open.size();
  }
}
