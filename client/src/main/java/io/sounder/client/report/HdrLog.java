package io.sounder.client.report;

import io.sounder.client.load.stats.Interval;
import io.sounder.client.load.stats.Latencies;
import io.sounder.client.outcome.ClientFailure;
import io.sounder.client.outcome.UsageException;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogWriter;

/**
 * Latencies in HdrHistogram's own formats, for its tools. A log has two lines for each interval of
 * the measurement, tagged {@code response} and {@code service}, and is written as the test goes on.
 * A file whose name ends in {@code .hgrm} gets the distribution of the response times instead, in
 * the end. Values are in nanoseconds; where these formats show some as text, in milliseconds.
 *
 * <p>Belongs to the coordinating thread.
 */
public final class HdrLog implements Progress, AutoCloseable {
  private static final long INTERVAL_NANOS = 1_000_000_000L;
  private static final double NANOS_PER_SECOND = 1e9;
  private static final double NANOS_PER_MILLI = 1e6;
  private static final int POINTS_PER_HALVING = 5; // as HdrHistogram's own tools have it

  private final StreamedFile file;
  private final boolean distributionOnly;
  private final LongSupplier wallMillis;
  private final Latencies total = new Latencies();
  private final ByteArrayOutputStream text = new ByteArrayOutputStream();
  private final PrintStream printer = new PrintStream(text, false, StandardCharsets.UTF_8);
  private final HistogramLogWriter writer = new HistogramLogWriter(printer);
  private boolean begun;

  private HdrLog(StreamedFile file, boolean distributionOnly, LongSupplier wallMillis) {
    this.file = file;
    this.distributionOnly = distributionOnly;
    this.wallMillis = wallMillis;
  }

  /**
   * Opens the file; until there is something to write, what is in it stays.
   *
   * @param flag what it was given with, for errors
   * @param wallMillis the time of day, since 1970
   * @throws UsageException if it cannot be written to
   */
  public static HdrLog open(String flag, Path path, LongSupplier wallMillis) {
    boolean distributionOnly = path.toString().endsWith(".hgrm");
    return new HdrLog(StreamedFile.open(flag, path), distributionOnly, wallMillis);
  }

  @Override
  public long intervalNanos() {
    return INTERVAL_NANOS;
  }

  @Override
  public void connecting(int open, int asked) {}

  @Override
  public void interval(Interval interval) {
    if (interval.warmUp()) {
      return;
    }
    if (distributionOnly) {
      total.add(interval.responseTimes());
      return;
    }
    if (!begun) {
      begun = true;
      printHead(wallMillis.getAsLong() - Math.round(interval.toNanos() / NANOS_PER_MILLI));
    }
    print("response", interval, interval.responseTimes());
    print("service", interval, interval.serviceTimes());
    append();
  }

  private void printHead(long startMillis) {
    writer.outputComment("[Sounder: durations in nanoseconds; Interval_Max in milliseconds]");
    writer.outputComment("[response: from the planned moment; service: from the send]");
    writer.outputLogFormatVersion();
    writer.outputStartTime(startMillis);
    writer.outputLegend();
  }

  private void print(String tag, Interval interval, Latencies latencies) {
    Histogram histogram = latencies.histogram();
    histogram.setTag(tag);
    writer.outputIntervalHistogram(
        interval.fromNanos() / NANOS_PER_SECOND,
        interval.toNanos() / NANOS_PER_SECOND,
        histogram,
        NANOS_PER_MILLI);
  }

  private void append() {
    printer.flush();
    file.append(ByteBuffer.wrap(text.toByteArray()));
    text.reset();
  }

  @Override
  public void finish() {
    if (distributionOnly) {
      total.histogram().outputPercentileDistribution(printer, POINTS_PER_HALVING, NANOS_PER_MILLI);
      append();
    }
  }

  /** What could not be written, as one line for the user; the rest of the test went on. */
  public Optional<ClientFailure> failure() {
    return file.failure();
  }

  @Override
  public void close() {
    file.close();
  }
}
