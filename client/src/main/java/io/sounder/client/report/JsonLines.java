package io.sounder.client.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sounder.client.load.stats.Interval;
import io.sounder.client.load.stats.IntervalRow;
import java.io.PrintStream;

/**
 * Each interval as a JSON object on a line of its own, for programs. It has the names of a row of
 * {@code intervals} in a result, and {@code phase}, {@code totals} and what goes with them beside.
 * The rows of the phase {@code measured} add up to the counts of the result.
 */
public final class JsonLines implements Progress {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final long INTERVAL_NANOS = 1_000_000_000L;

  private final PrintStream out;

  /**
   * Lines for a stream.
   *
   * @param out stderr as a rule: stdout is for the result
   */
  public JsonLines(PrintStream out) {
    this.out = out;
  }

  @Override
  public long intervalNanos() {
    return INTERVAL_NANOS;
  }

  @Override
  public void connecting(int open, int asked) {}

  @Override
  public void interval(Interval interval) {
    ObjectNode row = MAPPER.createObjectNode();
    row.put("phase", interval.warmUp() ? "warm_up" : "measured");
    IntervalJson.put(row, IntervalRow.of(interval));
    row.put("connections_open", interval.connectionsOpen());
    boolean openLoop = !Double.isNaN(interval.askedRate());
    row.put("rate_asked", openLoop ? (Double) interval.askedRate() : null);
    row.put("planned", interval.planned() < 0 ? null : (Long) interval.planned());
    IntervalJson.put(row.putObject("totals"), interval.totals());
    try {
      out.println(MAPPER.writeValueAsString(row));
      out.flush();
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree of numbers and texts cannot be written", e);
    }
  }

  @Override
  public void finish() {}
}
