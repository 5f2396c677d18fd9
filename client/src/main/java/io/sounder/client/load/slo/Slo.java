package io.sounder.client.load.slo;

import io.sounder.client.outcome.UsageException;
import io.sounder.protocol.endpoint.Scheme;
import java.util.List;

/** What is asked of a service: bounds that must all hold, such as {@code p99<2ms,errors<0.1%}. */
public final class Slo {
  private final String flag;
  private final List<Clause> clauses;

  Slo(String flag, List<Clause> clauses) {
    this.flag = flag;
    this.clauses = List.copyOf(clauses);
  }

  /**
   * Reads clauses with commas between them. Blanks do not matter.
   *
   * @param flag what it was given with, for errors
   * @throws UsageException with one line for the user, that tells the column
   */
  public static Slo parse(String flag, String text) {
    return new SloParser(flag, text).parse();
  }

  /**
   * Checks that the test will measure what is asked for.
   *
   * @param openLoop whether there is a planned rate
   * @param answered whether requests are answered at all
   * @param scheme of the target
   * @throws UsageException with one line for the user
   */
  public void checkMeasured(boolean openLoop, boolean answered, Scheme scheme) {
    for (Clause clause : clauses) {
      if (clause.metric() instanceof Metric.Rate rate && rate.unit() == Unit.PERCENT && !openLoop) {
        throw refused(clause, "a share of the asked rate needs --rate; or give it per second, 10k");
      }
      if (clause.metric() instanceof Metric.Time time) {
        checkMeasured(clause, time.source(), answered, scheme);
      }
    }
  }

  private void checkMeasured(Clause clause, Metric.Source source, boolean answered, Scheme scheme) {
    switch (source) {
      case RESPONSE, SERVICE -> {
        if (!answered) {
          throw refused(clause, "with reply=discard nothing is answered, so nothing takes a time");
        }
      }
      case CONNECT -> {
        if (!scheme.isStream()) {
          throw refused(clause, "over udp nothing is connected, so there is no connect time");
        }
      }
      case HANDSHAKE -> {
        if (scheme != Scheme.TLS) {
          throw refused(
              clause, "over " + scheme.text() + " there is no handshake, only with tls:// targets");
        }
      }
    }
  }

  private UsageException refused(Clause clause, String why) {
    return new UsageException(flag + " " + clause.text() + ": " + why);
  }

  /** How each clause ended, in the order in which they were given. */
  public List<SloOutcome> judge(Measured measured) {
    return clauses.stream().map(clause -> clause.judge(measured)).toList();
  }

  /** Whether all clauses hold. */
  public boolean isMet(Measured measured) {
    return clauses.stream().allMatch(clause -> clause.judge(measured).met());
  }

  /** Whether it says how many errors are tolerable. */
  public boolean hasErrorsClause() {
    return clauses.stream().anyMatch(clause -> clause.metric() instanceof Metric.Errors);
  }

  /**
   * Whether it says how many errors are tolerable, and there are no more: then they do not make a
   * test a failed one.
   */
  public boolean tolerates(Measured measured) {
    return hasErrorsClause()
        && clauses.stream()
            .filter(clause -> clause.metric() instanceof Metric.Errors)
            .allMatch(clause -> clause.judge(measured).met());
  }

  /** The clauses without blanks, with commas between them. */
  @Override
  public String toString() {
    return String.join(",", clauses.stream().map(Clause::text).toList());
  }
}
