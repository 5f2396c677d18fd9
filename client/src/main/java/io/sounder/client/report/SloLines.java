package io.sounder.client.report;

import io.sounder.client.load.slo.SloOutcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Whether the objectives were met, a line for each clause. */
final class SloLines {
  private SloLines() {}

  /** The clause, whether it was met, and what was measured. */
  static List<String> lines(List<SloOutcome> outcomes, Style style) {
    int widest = outcomes.stream().mapToInt(outcome -> outcome.text().length()).max().orElse(0);
    List<String> lines = new ArrayList<>();
    for (SloOutcome outcome : outcomes) {
      String clause = outcome.text() + " ".repeat(widest - outcome.text().length());
      String met = outcome.met() ? style.good("met   ") : style.bad("missed");
      lines.add(clause + "  " + met + "  " + style.fit(measured(outcome)));
    }
    return lines;
  }

  private static String measured(SloOutcome outcome) {
    double value = outcome.measured();
    if (Double.isNaN(value)) {
      return "nothing measured";
    }
    return switch (outcome.unit()) {
      case NANOS -> Quantities.duration(Math.round(value));
      case COUNT -> Quantities.count(Math.round(value));
      case PERCENT -> percent(value);
      case PER_SECOND -> Quantities.rate(value);
    };
  }

  /** Never 0 where there is something. */
  private static String percent(double value) {
    return value > 0 && value < 0.001
        ? "<0.001 %"
        : String.format(Locale.ROOT, value < 1 ? "%.3f %%" : "%.2f %%", value);
  }
}
