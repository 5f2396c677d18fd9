package io.sounder.server.guard;

/**
 * How many datagrams a UDP listener answers: so many a second for each source, and so many for all
 * of them. A tenth of a second's worth may go at once, so that within any second nobody gets more
 * than eleven tenths of his limit; where a tenth is less than ten, ten may.
 *
 * <p>Thread-safe: the sockets of a listener share it, and may have different owners.
 */
public final class ReplyLimits {
  /** How it was decided. */
  public enum Verdict {
    ALLOWED,
    /** The source has had its share. */
    SOURCE_EXCEEDED,
    /** All sources together have had theirs. */
    TOTAL_EXCEEDED
  }

  /** 512 KiB; a source that is no longer due anything is not missed. */
  private static final int SETS = 4096;

  private static final int LEAST_BURST = 10;

  private final RateTable sources; // null for no limit
  private final Quota total; // null for no limit
  private long totalDueNanos;

  /**
   * Limits of which nothing is used.
   *
   * @param perSource replies per second; 0 for no limit
   * @param ofAll replies per second; 0 for no limit
   */
  public ReplyLimits(int perSource, int ofAll, long nowNanos) {
    this.sources = perSource == 0 ? null : new RateTable(quota(perSource), SETS, nowNanos);
    this.total = ofAll == 0 ? null : quota(ofAll);
    this.totalDueNanos = nowNanos;
  }

  private static Quota quota(int perSecond) {
    return new Quota(perSecond, Math.max(perSecond / 10, Math.min(perSecond, LEAST_BURST)));
  }

  /** Counts a reply to a source, if it may have one; what is refused is not counted. */
  public synchronized Verdict take(long source, long nowNanos) {
    if (sources != null && !sources.allows(source, nowNanos)) {
      return Verdict.SOURCE_EXCEEDED;
    }
    if (total != null) {
      if (!total.allows(totalDueNanos, nowNanos)) {
        return Verdict.TOTAL_EXCEEDED;
      }
      totalDueNanos = total.afterOne(totalDueNanos, nowNanos);
    }
    if (sources != null) {
      sources.take(nowNanos);
    }
    return Verdict.ALLOWED;
  }
}
