package io.sounder.bench.race.report;

import io.sounder.bench.race.result.Figure;
import io.sounder.bench.race.result.Names;
import io.sounder.bench.race.result.Quantiles;
import io.sounder.bench.race.result.Sample;
import io.sounder.bench.race.result.ShapeResult;
import io.sounder.bench.race.result.Standing;
import io.sounder.bench.race.shape.Shape;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** One shape's bars: a row for each server, the best on top, from its worst turn to its best. */
final class ChartPanel {
  static final int WIDTH = 460;
  private static final int TITLE_HEIGHT = 30;
  private static final int ROW_HEIGHT = 19;
  private static final int NAMES_WIDTH = 172;
  private static final int VALUES_WIDTH = 64;
  private static final int BAR_HEIGHT = 11;

  private record Row(String name, double median, double low, double high) {}

  private final String title;
  private final Figure figure;
  private final List<Row> rows = new ArrayList<>();

  ChartPanel(ShapeResult shape, Figure figure) {
    this.title = Shape.of(shape.shape()).title();
    this.figure = figure;
    if (!shape.sounder().isEmpty()) {
      rows.add(row(Names.SOUNDER, shape.sounder()));
    }
    for (Standing standing : shape.others()) {
      if (!standing.pairs().isEmpty() && !standing.server().equals(Names.CONTROL)) {
        rows.add(row(standing.server(), standing.samples()));
      }
    }
    Comparator<Row> byMedian = Comparator.comparingDouble(Row::median);
    rows.sort(figure.moreIsBetter() ? byMedian.reversed() : byMedian);
  }

  private Row row(String name, List<Sample> samples) {
    double[] sorted = samples.stream().mapToDouble(figure::of).sorted().toArray();
    return new Row(name, Quantiles.median(figure, samples), sorted[0], sorted[sorted.length - 1]);
  }

  int height() {
    return TITLE_HEIGHT + rows.size() * ROW_HEIGHT + 14;
  }

  /** Draws it with its upper left corner there. */
  void draw(StringBuilder svg, int x, int y) {
    svg.append("<g transform=\"translate(%d %d)\">%n".formatted(x, y));
    svg.append("<text class=\"title\" x=\"0\" y=\"14\">%s</text>%n".formatted(title));
    double most = rows.stream().mapToDouble(Row::high).max().orElse(1);
    int room = WIDTH - NAMES_WIDTH - VALUES_WIDTH;
    for (int i = 0; i < rows.size(); i++) {
      drawRow(svg, rows.get(i), TITLE_HEIGHT + i * ROW_HEIGHT, room / most);
    }
    svg.append("</g>\n");
  }

  private void drawRow(StringBuilder svg, Row row, int top, double pixels) {
    String ours = row.name.startsWith(Names.SOUNDER) ? " ours" : "";
    int middle = top + BAR_HEIGHT / 2;
    svg.append(
        "<text class=\"name%s\" x=\"%d\" y=\"%d\">%s</text>%n"
            .formatted(ours, NAMES_WIDTH - 8, top + BAR_HEIGHT - 1, row.name));
    svg.append(
        String.format(
            Locale.ROOT,
            "<rect class=\"bar%s\" x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"%d\" rx=\"2\"/>%n",
            ours,
            NAMES_WIDTH,
            top,
            row.median * pixels,
            BAR_HEIGHT));
    svg.append(
        String.format(
            Locale.ROOT,
            "<path class=\"spread\" d=\"M%.1f %dH%.1f\"/>%n",
            NAMES_WIDTH + row.low * pixels,
            middle,
            NAMES_WIDTH + row.high * pixels));
    svg.append(
        String.format(
            Locale.ROOT,
            "<text class=\"value\" x=\"%d\" y=\"%d\">%s</text>%n",
            WIDTH,
            top + BAR_HEIGHT - 1,
            value(row.median)));
  }

  private String value(double median) {
    return figure == Figure.RATE ? Quantity.rate(median) : Quantity.micros(median);
  }
}
