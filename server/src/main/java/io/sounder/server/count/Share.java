package io.sounder.server.count;

/** What one thread has done for one listener. */
public final class Share {
  private final Tally tally = new Tally();
  private final LogBuckets replyNanos = LogBuckets.ofNanos();

  /** Messages, replies and bytes. */
  public Tally tally() {
    return tally;
  }

  /** For each reply, from when its socket was found ready until it was written, in nanoseconds. */
  public LogBuckets replyNanos() {
    return replyNanos;
  }
}
