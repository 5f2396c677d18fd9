package io.sounder.client.load.slo;

import io.sounder.client.load.rate.Rates;
import io.sounder.client.outcome.UsageException;
import io.sounder.protocol.endpoint.EndpointException;
import io.sounder.protocol.endpoint.Units;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads {@code METRIC COMPARISON VALUE, ...} from left to right, and says where it cannot. */
final class SloParser {
  private static final Pattern PERCENTILE = Pattern.compile("p([0-9]{1,3}(?:\\.[0-9]{1,5})?)");
  private static final Pattern DECIMAL = Pattern.compile("[0-9]{1,12}(?:\\.[0-9]{1,12})?");
  private static final Pattern BLANKS_BEFORE_UNIT = Pattern.compile("(?<=[0-9.])\\s+(?=[A-Za-z%])");
  private static final double MAX_RATE_PERCENT = 1000;
  private static final String METRICS =
      "min, mean, p50, p99.9 or any other percentile, max (of the response time; service.p99,"
          + " connect.p99 and handshake.p99 of others), errors, lost, rate";

  private final String flag;
  private final String text;
  private int position;

  SloParser(String flag, String text) {
    this.flag = flag;
    this.text = text;
  }

  Slo parse() {
    List<Clause> clauses = new ArrayList<>();
    do {
      clauses.add(clause());
    } while (takesComma());
    return new Slo(flag, clauses);
  }

  private boolean takesComma() {
    if (position == text.length()) {
      return false;
    }
    position++;
    return true;
  }

  private Clause clause() {
    skipBlanks();
    int nameAt = position;
    String name = name();
    skipBlanks();
    Comparison comparison = comparison();
    skipBlanks();
    int valueAt = position;
    String value = value();
    boolean percent = value.endsWith("%");
    Metric metric = metric(name, nameAt, percent ? Unit.PERCENT : null);
    double bound = bound(metric, value, valueAt);
    String clause = name + comparison.text() + value;
    if (bound == 0 && comparison == Comparison.BELOW) {
      throw failure(nameAt, "'" + clause + "' can never hold; did you mean <=?");
    }
    return new Clause(clause, metric, comparison, bound);
  }

  private void skipBlanks() {
    while (position < text.length() && Character.isWhitespace(text.charAt(position))) {
      position++;
    }
  }

  private String name() {
    int from = position;
    while (position < text.length() && isOfName(text.charAt(position))) {
      position++;
    }
    if (position == from) {
      throw failure(from, found() + " where a metric should be; allowed are " + METRICS);
    }
    return text.substring(from, position);
  }

  private static boolean isOfName(char character) {
    return Character.isLetterOrDigit(character) || character == '.' || character == '_';
  }

  private Comparison comparison() {
    Comparison taken = null;
    for (Comparison comparison : Comparison.values()) {
      boolean longer = taken == null || comparison.text().length() > taken.text().length();
      if (longer && text.startsWith(comparison.text(), position)) {
        taken = comparison;
      }
    }
    if (taken == null) {
      throw failure(position, found() + " where <, <=, > or >= should be");
    }
    position += taken.text().length();
    return taken;
  }

  private String value() {
    int from = position;
    int comma = text.indexOf(',', from);
    position = comma < 0 ? text.length() : comma;
    String value = text.substring(from, position).strip();
    if (value.isEmpty()) {
      throw failure(from, found() + " where a value should be, such as 2ms, 0.1% or 10k");
    }
    return BLANKS_BEFORE_UNIT.matcher(value).replaceAll("");
  }

  private String found() {
    return position == text.length() ? "the end" : "'" + text.charAt(position) + "'";
  }

  private Metric metric(String name, int at, Unit given) {
    return switch (name) {
      case "errors" -> new Metric.Errors(given == null ? Unit.COUNT : given);
      case "lost" -> new Metric.Lost(given == null ? Unit.COUNT : given);
      case "rate" -> new Metric.Rate(given == null ? Unit.PER_SECOND : given);
      default -> time(name, at);
    };
  }

  private Metric.Time time(String name, int at) {
    for (Metric.Source source : Metric.Source.values()) {
      String prefix = source.name().toLowerCase(Locale.ROOT) + ".";
      if (name.startsWith(prefix)) {
        return time(source, name.substring(prefix.length()), name, at);
      }
    }
    return time(Metric.Source.RESPONSE, name, name, at);
  }

  private Metric.Time time(Metric.Source source, String statistic, String name, int at) {
    for (Metric.Statistic known : Metric.Statistic.values()) {
      boolean named = known != Metric.Statistic.PERCENTILE;
      if (named && known.name().toLowerCase(Locale.ROOT).equals(statistic)) {
        return new Metric.Time(source, known, Double.NaN);
      }
    }
    Matcher percentile = PERCENTILE.matcher(statistic);
    if (!percentile.matches()) {
      throw failure(at, "'" + name + "' is unknown; allowed are " + METRICS);
    }
    double value = Double.parseDouble(percentile.group(1));
    if (value <= 0 || value > 100) {
      throw failure(at, "'" + name + "' is no percentile; they are above p0, up to p100");
    }
    return new Metric.Time(source, Metric.Statistic.PERCENTILE, value);
  }

  private double bound(Metric metric, String value, int at) {
    try {
      if (metric instanceof Metric.Time) {
        return (double) Units.durationNanos(value);
      }
      if (metric.unit() == Unit.COUNT) {
        return (double) Units.count(value);
      }
    } catch (EndpointException e) {
      throw failure(at, e.getMessage());
    }
    if (metric.unit() == Unit.PERCENT) {
      return percent(value, metric instanceof Metric.Rate ? MAX_RATE_PERCENT : 100, at);
    }
    return Rates.parse(where(at) + "rate", value);
  }

  private double percent(String value, double most, int at) {
    String number = value.substring(0, value.length() - 1);
    if (!DECIMAL.matcher(number).matches() || Double.parseDouble(number) > most) {
      throw failure(
          at, "'" + value + "' is no share from 0% to " + Math.round(most) + "%, such as 0.1%");
    }
    return Double.parseDouble(number);
  }

  private UsageException failure(int at, String what) {
    return new UsageException(where(at) + what);
  }

  private String where(int at) {
    return flag + " '" + text + "': column " + (at + 1) + ": ";
  }
}
