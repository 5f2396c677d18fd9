package io.sounder.server.guard;

import java.nio.ByteBuffer;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/**
 * Finds packet loops: two services that answer each other (CVE-2024-2169) send the same payload to
 * and fro as fast as they can. A source that sends one more than {@link #MOST_PER_SECOND} times
 * within a second is in quarantine for a while, which ends the loop whoever the other side is.
 *
 * <p>Memory is bounded: of the payloads that came lately 2,048 are known by their hash, in sets of
 * four, and a new one takes the place of the one that came least often. A loop cannot be crowded
 * out by payloads that come once. Belongs to its socket's owner.
 */
public final class LoopBreaker {
  /** What a datagram turned out to be. */
  public enum Verdict {
    FINE,
    /** One too many: its source is in quarantine from now on. */
    CAUGHT,
    QUARANTINED
  }

  /** How often a payload may come from a source within a second. */
  public static final int MOST_PER_SECOND = 1_000;

  /** How long a source gets no answer after that. */
  public static final long QUARANTINE_NANOS = TimeUnit.SECONDS.toNanos(10);

  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
  private static final int PLACES_PER_SET = 4;
  private static final int SETS = 512;
  private static final int QUARANTINE_SETS = 64;

  private final long seed = new SplittableRandom().nextLong();
  private final long[] payloads = new long[SETS * PLACES_PER_SET];
  private final long[] beganNanos = new long[payloads.length];
  private final int[] counts = new int[payloads.length];

  private final long[] quarantined = new long[QUARANTINE_SETS * PLACES_PER_SET];
  private final long[] untilNanos = new long[quarantined.length];
  private boolean isAnyQuarantined;
  private long lastUntilNanos;

  /**
   * Judges a datagram by its source and its payload, which is left as it is.
   *
   * @param source a number for its address and port
   */
  public Verdict judge(long source, ByteBuffer payload, long nowNanos) {
    if (isQuarantined(source, nowNanos)) {
      return Verdict.QUARANTINED;
    }
    int place = placeOf(hash(source, payload), nowNanos);
    if (++counts[place] <= MOST_PER_SECOND) {
      return Verdict.FINE;
    }
    counts[place] = 0;
    quarantine(source, nowNanos);
    return Verdict.CAUGHT;
  }

  /** Of a second that is over nothing counts. */
  private int placeOf(long hash, long nowNanos) {
    int first = ((int) (hash >>> Integer.SIZE) & SETS - 1) * PLACES_PER_SET;
    int rarest = first;
    int place = -1;
    for (int i = first; i < first + PLACES_PER_SET; i++) {
      if (counts[i] > 0 && nowNanos - beganNanos[i] >= SECOND) {
        counts[i] = 0;
      }
      if (payloads[i] == hash) {
        place = i;
      }
      if (counts[i] < counts[rarest]) {
        rarest = i;
      }
    }
    if (place < 0) {
      place = rarest;
      payloads[place] = hash;
      counts[place] = 0;
    }
    if (counts[place] == 0) {
      beganNanos[place] = nowNanos;
    }
    return place;
  }

  private long hash(long source, ByteBuffer payload) {
    long hash = Mixing.mix(source ^ seed ^ payload.remaining());
    int at = payload.position();
    for (; at + Long.BYTES <= payload.limit(); at += Long.BYTES) {
      hash = Mixing.mix(hash ^ payload.getLong(at));
    }
    long rest = 0;
    for (; at < payload.limit(); at++) {
      rest = rest << Byte.SIZE | (payload.get(at) & 0xff);
    }
    return Mixing.mix(hash ^ rest);
  }

  private boolean isQuarantined(long source, long nowNanos) {
    isAnyQuarantined = isAnyQuarantined && lastUntilNanos - nowNanos > 0;
    if (!isAnyQuarantined) {
      return false;
    }
    int first = firstQuarantinePlace(source);
    for (int i = first; i < first + PLACES_PER_SET; i++) {
      if (quarantined[i] == source && untilNanos[i] - nowNanos > 0) {
        return true;
      }
    }
    return false;
  }

  /** Where all places of its set are taken, the one that would be the next to leave leaves now. */
  private void quarantine(long source, long nowNanos) {
    int first = firstQuarantinePlace(source);
    int place = first;
    for (int i = first; i < first + PLACES_PER_SET; i++) {
      if (quarantined[i] == 0 || untilNanos[i] - nowNanos <= 0) {
        place = i;
        break;
      }
      if (untilNanos[i] - untilNanos[place] < 0) {
        place = i;
      }
    }
    quarantined[place] = source;
    untilNanos[place] = nowNanos + QUARANTINE_NANOS;
    lastUntilNanos = untilNanos[place];
    isAnyQuarantined = true;
  }

  private int firstQuarantinePlace(long source) {
    return ((int) Mixing.mix(source ^ seed) & QUARANTINE_SETS - 1) * PLACES_PER_SET;
  }
}
