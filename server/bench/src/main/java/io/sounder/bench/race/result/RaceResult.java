package io.sounder.bench.race.result;

import java.util.List;

/**
 * A race, as it is written to a file.
 *
 * @param schema {@link #SCHEMA}
 * @param startedAt UTC, ISO-8601
 * @param environment what it ran on, in one line
 * @param rounds how often each server had its turn
 * @param turnSeconds how long a turn was measured
 */
public record RaceResult(
    String schema,
    String startedAt,
    String environment,
    int rounds,
    double turnSeconds,
    List<ShapeResult> shapes) {
  public static final String SCHEMA = "sounder-race/2";

  /** The same race with these results. */
  public RaceResult with(List<ShapeResult> results) {
    return new RaceResult(
        schema, startedAt, environment, rounds, turnSeconds, List.copyOf(results));
  }
}
