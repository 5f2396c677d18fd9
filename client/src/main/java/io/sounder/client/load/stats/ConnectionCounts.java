package io.sounder.client.load.stats;

import io.sounder.client.outcome.ErrorClass;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * What became of connections, apart from the requests on them: opened, and failed while connecting
 * or while nothing was in flight. Belongs to one thread.
 */
public final class ConnectionCounts {
  private final Map<ErrorClass, Long> errors = new EnumMap<>(ErrorClass.class);
  private long opened;
  private long open;

  /** A connection is there, its greetings read. */
  public void onOpened() {
    opened++;
    open++;
  }

  /** A connection that was there is gone, for whatever reason. */
  public void onClosed() {
    open--;
  }

  public void onError(ErrorClass errorClass) {
    errors.merge(errorClass, 1L, Long::sum);
  }

  public void add(ConnectionCounts other) {
    opened += other.opened;
    open += other.open;
    other.errors.forEach((errorClass, count) -> errors.merge(errorClass, count, Long::sum));
  }

  public ConnectionCounts copy() {
    ConnectionCounts copy = new ConnectionCounts();
    copy.add(this);
    return copy;
  }

  /** How many were opened, again and again included. */
  public long opened() {
    return opened;
  }

  /** How many are open now. */
  public long open() {
    return open;
  }

  /** The classes of error that occurred, with their counts. */
  public Map<ErrorClass, Long> errors() {
    return Collections.unmodifiableMap(errors);
  }
}
