package io.sounder.client.load.stats;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.DataFormatException;
import org.HdrHistogram.Histogram;

/**
 * The course of a test, however long, in bounded memory: each interval with its counts and a
 * compressed histogram. When there are too many, each two neighbours become one, whose percentiles
 * are those of both together; and what comes after is gathered up to the same length.
 *
 * <p>Merging all at once would take a core for a second, right beside the measurement. So it is
 * spread: one pair for each interval that comes. Belongs to one thread.
 */
public final class IntervalHistory {
  private static final int MAX_ROWS = 3600; // an hour of seconds
  private static final long MAX_BYTES = 32L << 20; // a histogram takes 2 to 20 KB

  private record Entry(IntervalRow row, ByteBuffer responseTimes) {
    int bytes() {
      return responseTimes.capacity();
    }
  }

  private final int maxRows;
  private final long maxBytes;
  private final List<Entry> entries = new ArrayList<>();
  private long bytes;

  private int intervalsPerRow = 1;
  private int nextPair; // where the next two neighbours are that are to become one
  private int unmerged; // how many from there on are of the length before

  private IntervalRow gathered; // a row that is not complete yet
  private Histogram gatheredTimes;
  private int gatheredCount;
  private ByteBuffer scratch = ByteBuffer.allocate(0);

  public IntervalHistory() {
    this(MAX_ROWS, MAX_BYTES);
  }

  IntervalHistory(int maxRows, long maxBytes) {
    this.maxRows = maxRows;
    this.maxBytes = maxBytes;
  }

  /** Takes the next interval of the measurement; those of the warm-up are passed over. */
  public void add(Interval interval) {
    if (interval.warmUp()) {
      return;
    }
    gather(interval);
    if (unmerged >= 2) {
      mergePair();
    }
    if (gatheredCount >= intervalsPerRow) {
      append(new Entry(gathered, compressed(gatheredTimes)));
      gathered = null;
      gatheredTimes = null;
      gatheredCount = 0;
    }
    if (unmerged < 2 && (entries.size() >= maxRows || bytes > maxBytes)) {
      intervalsPerRow *= 2;
      nextPair = 0;
      unmerged = entries.size();
    }
  }

  private void gather(Interval interval) {
    Histogram times = interval.responseTimes().histogram();
    if (gathered == null) {
      gathered = IntervalRow.of(interval, times);
      gatheredTimes = times;
    } else {
      gatheredTimes.add(times);
      gathered = gathered.plus(IntervalRow.of(interval, times), gatheredTimes);
    }
    gatheredCount++;
  }

  private void append(Entry entry) {
    entries.add(entry);
    bytes += entry.bytes();
  }

  private void mergePair() {
    Entry first = entries.get(nextPair);
    Entry second = entries.remove(nextPair + 1);
    Histogram times = decompressed(first.responseTimes);
    times.add(decompressed(second.responseTimes));
    Entry both = new Entry(first.row.plus(second.row, times), compressed(times));
    entries.set(nextPair, both);
    bytes += both.bytes() - first.bytes() - second.bytes();
    nextPair++;
    unmerged -= 2;
  }

  /** The rows in their order: at most 3600, with no gap between them. */
  public List<IntervalRow> rows() {
    List<IntervalRow> rows = new ArrayList<>();
    entries.forEach(entry -> rows.add(entry.row));
    if (gathered != null) {
      rows.add(gathered);
    }
    return rows;
  }

  /** How much memory the histograms take. */
  long bytes() {
    return bytes;
  }

  /** The histograms of all rows in one. */
  Histogram sum() {
    Histogram sum = new Latencies().histogram();
    entries.forEach(entry -> sum.add(decompressed(entry.responseTimes)));
    if (gathered != null) {
      sum.add(gatheredTimes);
    }
    return sum;
  }

  private ByteBuffer compressed(Histogram times) {
    int needed = times.getNeededByteBufferCapacity();
    if (scratch.capacity() < needed) {
      scratch = ByteBuffer.allocate(needed);
    }
    scratch.clear();
    int length = times.encodeIntoCompressedByteBuffer(scratch);
    return ByteBuffer.wrap(Arrays.copyOf(scratch.array(), length));
  }

  private static Histogram decompressed(ByteBuffer times) {
    try {
      return Histogram.decodeFromCompressedByteBuffer(times.duplicate(), 0);
    } catch (DataFormatException e) {
      throw new IllegalStateException("a histogram of our own cannot be read", e);
    }
  }
}
