package io.sounder.server.inspect;

import io.sounder.server.connection.NanoClock;
import io.sounder.server.worker.MessageObserver.Peer;
import java.nio.ByteBuffer;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * Where the messages of one watched listener are counted, and some of them copied.
 *
 * <p>Owners of connections count and pick, without a lock and without looking at a clock; those who
 * watch read, and thereby say how many more may be picked: about 200 a second, evenly among what
 * arrives, and up to 200 at once after a pause. Where nobody reads, soon nothing is picked any
 * more.
 */
final class Tap {
  /** So much of a message is copied. */
  static final int MAX_BYTES = 1024;

  /** More than anybody reads, and every one of a sensor's, which are sent 50 times a second. */
  static final int SAMPLES_PER_SECOND = 200;

  private static final int RING = 256; // a power of two, and more than may be picked at once
  private static final long SLOT_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
  private static final double SAMPLES_PER_NANO = SAMPLES_PER_SECOND / 1e9;
  private static final long ALL = Long.MAX_VALUE;

  /** Multiples of the golden ratio's fraction are spread evenly, in any stretch of them. */
  private static final long GOLDEN = 0x9E3779B97F4A7C15L;

  private final NanoClock clock;
  private final InstantSource wallClock;
  private final AtomicLong arrived = new AtomicLong();
  private final AtomicLong picked = new AtomicLong();
  private final AtomicInteger room = new AtomicInteger(SAMPLES_PER_SECOND);
  private final AtomicReferenceArray<Sample> ring = new AtomicReferenceArray<>(RING);
  private volatile long share = ALL; // of all messages, as a part of ALL
  private long slotBegan; // this and below: guarded by this
  private long arrivedBefore;
  private double carried; // what was granted, and is less than a whole sample

  Tap(NanoClock clock, InstantSource wallClock) {
    this.clock = clock;
    this.wallClock = wallClock;
    this.slotBegan = clock.nanoTime();
  }

  /** Any owner: counts a message, and says whether it is picked; then {@link #copy} must follow. */
  boolean picks() {
    long number = arrived.getAndIncrement();
    return ((number * GOLDEN) >>> 1) <= share && room.get() > 0 && room.getAndDecrement() > 0;
  }

  /** Any owner: keeps a message that was picked. */
  void copy(Peer peer, ByteBuffer message) {
    byte[] bytes = new byte[Math.min(message.remaining(), MAX_BYTES)];
    message.get(message.position(), bytes);
    ByteBuffer kept = ByteBuffer.wrap(bytes).asReadOnlyBuffer();
    long position = picked.getAndIncrement();
    ring.set(
        (int) (position & (RING - 1)),
        new Sample(position, wallClock.millis(), peer.text(), message.remaining(), kept));
  }

  long arrived() {
    return arrived.get();
  }

  long picked() {
    return picked.get();
  }

  /** Whoever watches: those picked from a position on, as far as they are still there. */
  List<Sample> from(long position) {
    List<Sample> samples = new ArrayList<>();
    long end = picked.get();
    for (long next = Math.max(position, end - RING); next < end; next++) {
      Sample sample = ring.get((int) (next & (RING - 1)));
      if (sample == null || sample.position() < next) {
        break; // its owner is just about to put it there
      }
      if (sample.position() == next) {
        samples.add(sample);
      }
    }
    return samples;
  }

  /** Whoever watches, again and again: lets more be picked, for the time that has passed. */
  synchronized void grant() {
    long now = clock.nanoTime();
    long nanos = now - slotBegan;
    if (nanos < SLOT_NANOS) {
      return;
    }
    slotBegan = now;
    long arrivedNow = arrived.get();
    double perSlot = (double) (arrivedNow - arrivedBefore) * SLOT_NANOS / nanos;
    arrivedBefore = arrivedNow;
    carried += Math.min(SAMPLES_PER_SECOND, nanos * SAMPLES_PER_NANO);
    int granted = (int) carried;
    carried -= granted;
    int free = room.updateAndGet(left -> Math.min(SAMPLES_PER_SECOND, Math.max(0, left) + granted));
    share = perSlot <= free ? ALL : (long) (ALL * (free / perSlot));
  }
}
