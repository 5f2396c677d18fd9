package io.sounder.bench.race.report;

import io.sounder.bench.race.result.Figure;
import io.sounder.bench.race.result.RaceResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** A figure of all shapes as one picture: SVG that follows the reader's light or dark theme. */
public final class RaceChart {
  private static final int MOST_COLUMNS = 2;
  private static final int MARGIN = 20;
  private static final int GUTTER = 44;
  private static final int HEADER = 52;

  private static final String STYLE =
      """
      <style>
        text { font: 12px system-ui, -apple-system, "Segoe UI", sans-serif; fill: #3d4753; }
        .heading { font-size: 15px; font-weight: 600; fill: #1b222b; }
        .title { font-size: 13px; font-weight: 600; fill: #1b222b; }
        .name { text-anchor: end; }
        .value { text-anchor: end; font-variant-numeric: tabular-nums; }
        .name.ours { font-weight: 600; fill: #1565c0; }
        .page { fill: #ffffff; }
        .bar { fill: #c3ccd6; }
        .bar.ours { fill: #4a90d9; }
        .spread { stroke: #1b222b; stroke-opacity: 0.55; stroke-width: 1.5; }
        @media (prefers-color-scheme: dark) {
          text { fill: #aab4c0; }
          .heading, .title { fill: #e6ebf1; }
          .name.ours { fill: #7ab8ff; }
          .page { fill: #11161c; }
          .bar { fill: #3a4653; }
          .bar.ours { fill: #3f7fc4; }
          .spread { stroke: #e6ebf1; }
        }
      </style>
      """;

  private RaceChart() {}

  /** Writes a picture for each figure that has one, named {@code race-rate.svg} and so on. */
  public static void writeAll(RaceResult race, Path folder) throws IOException {
    Files.createDirectories(folder);
    Files.writeString(
        folder.resolve("race-rate.svg"),
        draw(race, Figure.RATE, "Requests per second (longer is better)"));
    Files.writeString(
        folder.resolve("race-cpu.svg"),
        draw(race, Figure.CPU, "The server's CPU time per request (shorter is better)"));
  }

  private static String draw(RaceResult race, Figure figure, String heading) {
    List<ChartPanel> panels =
        race.shapes().stream().map(shape -> new ChartPanel(shape, figure)).toList();
    StringBuilder body = new StringBuilder();
    int columns = Math.min(MOST_COLUMNS, Math.max(1, panels.size()));
    int[] bottoms = new int[columns];
    for (ChartPanel panel : panels) {
      int column = shortest(bottoms);
      int x = MARGIN + column * (ChartPanel.WIDTH + GUTTER);
      panel.draw(body, x, HEADER + bottoms[column]);
      bottoms[column] += panel.height();
    }
    int width = 2 * MARGIN + columns * ChartPanel.WIDTH + (columns - 1) * GUTTER;
    int height = HEADER + Arrays.stream(bottoms).max().orElse(0) + MARGIN;
    return "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" width=\"%d\">%n"
            .formatted(width, height, width)
        + STYLE
        + "<rect class=\"page\" width=\"100%\" height=\"100%\"/>\n"
        + "<text class=\"heading\" x=\"%d\" y=\"28\">%s</text>%n".formatted(MARGIN, heading)
        + body
        + "</svg>\n";
  }

  private static int shortest(int[] bottoms) {
    int shortest = 0;
    for (int column = 1; column < bottoms.length; column++) {
      shortest = bottoms[column] < bottoms[shortest] ? column : shortest;
    }
    return shortest;
  }
}
