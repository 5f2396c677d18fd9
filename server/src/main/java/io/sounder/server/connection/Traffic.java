package io.sounder.server.connection;

/**
 * What has passed on one connection. Belongs to its owner; others may look, and see what was true a
 * moment ago.
 */
public final class Traffic {
  private final long begunNanos;
  private long activeNanos;
  private long received;
  private long sent;
  private long messages;

  Traffic(long begunNanos) {
    this.begunNanos = begunNanos;
    this.activeNanos = begunNanos;
  }

  /** Counts bytes, without headers and without what TLS adds. */
  public void add(long nowNanos, long moreReceived, long moreSent) {
    activeNanos = nowNanos;
    received += moreReceived;
    sent += moreSent;
  }

  void onMessage() {
    messages++;
  }

  /** When it was accepted. */
  public long begunNanos() {
    return begunNanos;
  }

  /** When bytes went either way for the last time, or it was accepted. */
  public long activeNanos() {
    return activeNanos;
  }

  public long received() {
    return received;
  }

  public long sent() {
    return sent;
  }

  /** How many messages were taken. */
  public long messages() {
    return messages;
  }
}
