package io.sounder.client.report.compare;

import io.sounder.client.outcome.UsageException;
import io.sounder.client.report.compare.Condition.Form;
import io.sounder.protocol.endpoint.EndpointException;
import io.sounder.protocol.endpoint.Units;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Reads conditions: {@code p99>+10%,service.max>5ms,rate<-5%}. */
public final class ConditionParser {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._]*");
  private static final Pattern NUMBER = Pattern.compile("(?:[0-9]{1,12}(?:\\.[0-9]{1,9})?)");

  private final String all;
  private int at;

  private ConditionParser(String all) {
    this.all = all;
  }

  /**
   * Reads conditions that commas part.
   *
   * @throws UsageException saying in which column what was expected
   */
  public static List<Condition> parse(String text) {
    ConditionParser parser = new ConditionParser(text);
    List<Condition> conditions = new ArrayList<>();
    do {
      conditions.add(parser.condition());
    } while (parser.takes(','));
    return conditions;
  }

  private Condition condition() {
    skipBlanks();
    int start = at;
    Metric metric = metric();
    skipBlanks();
    boolean isUpper = isUpper();
    skipBlanks();
    int valueStart = at;
    int end = all.indexOf(',', at);
    String value = all.substring(at, end < 0 ? all.length() : end).strip();
    at = end < 0 ? all.length() : end;
    String text = all.substring(start, at).strip();
    boolean signed = value.startsWith("+") || value.startsWith("-");
    boolean percent = value.endsWith("%");
    String number = value.substring(signed ? 1 : 0, value.length() - (percent ? 1 : 0)).strip();
    Form form = form(metric, signed, percent, valueStart);
    double size = percent ? percent(number, valueStart) : quantity(metric, number, valueStart);
    return new Condition(text, metric, isUpper, form, value.startsWith("-") ? -size : size);
  }

  private Metric metric() {
    Matcher matcher = NAME.matcher(all).region(at, all.length());
    String name = matcher.lookingAt() ? matcher.group() : "";
    boolean ofService = name.startsWith(Metric.SERVICE);
    String quantity = ofService ? name.substring(Metric.SERVICE.length()) : name;
    for (Quantity each : Quantity.values()) {
      if (each.text().equals(quantity) && (each.isLatency() || !ofService)) {
        at += name.length();
        return new Metric(each, ofService);
      }
    }
    String known =
        Arrays.stream(Quantity.values()).map(Quantity::text).collect(Collectors.joining(", "));
    throw wrong(
        at,
        (name.isEmpty() ? "expected the name of a figure" : "'" + name + "' is no figure")
            + "; known are "
            + known
            + ", and for the latencies the prefix "
            + Metric.SERVICE);
  }

  private boolean isUpper() {
    char sign = at < all.length() ? all.charAt(at) : 0;
    if (sign != '>' && sign != '<') {
      throw wrong(at, "expected > or <");
    }
    at++;
    return sign == '>';
  }

  private Form form(Metric metric, boolean signed, boolean percent, int column) {
    if (metric.quantity() == Quantity.ERRORS) {
      if (!percent) {
        throw wrong(column, "errors are a part of the requests: expected +0.1% or 0.1%");
      }
      return signed ? Form.ABSOLUTE : Form.BOUND; // a percentage of a percentage says little
    }
    if (percent && !signed) {
      throw wrong(column, "a change needs its sign: expected +10% or -10%");
    }
    return percent ? Form.RELATIVE : signed ? Form.ABSOLUTE : Form.BOUND;
  }

  private double percent(String number, int column) {
    if (!NUMBER.matcher(number).matches()) {
      throw wrong(column, "'" + number + "' is no number; expected a change such as +10%");
    }
    return Double.parseDouble(number) / 100;
  }

  private double quantity(Metric metric, String number, int column) {
    try {
      return metric.quantity() == Quantity.RATE
          ? Units.count(number.endsWith("/s") ? number.substring(0, number.length() - 2) : number)
          : Units.durationNanos(number);
    } catch (EndpointException e) {
      throw wrong(column, e.getMessage() + ", or a change such as +10%");
    }
  }

  private boolean takes(char wanted) {
    skipBlanks();
    if (at < all.length() && all.charAt(at) == wanted) {
      at++;
      return true;
    }
    return false;
  }

  private void skipBlanks() {
    while (at < all.length() && all.charAt(at) == ' ') {
      at++;
    }
  }

  private UsageException wrong(int index, String why) {
    return new UsageException("--fail-if '" + all + "', column " + (index + 1) + ": " + why);
  }
}
