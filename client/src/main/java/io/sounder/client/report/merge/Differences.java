package io.sounder.client.report.merge;

import io.sounder.client.report.document.Document;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;

/** In what runs differ that are to be taken together, or held against each other. */
public final class Differences {
  /** Flags that say how much was asked for, not what: their sums and maxima make sense. */
  private static final Set<String> AMOUNTS =
      Set.of("connections", "threads", "duration", "requests", "rate", "connect-rate", "warmup");

  private final List<Document> runs;
  private final List<String> found = new ArrayList<>();

  private Differences(List<Document> runs) {
    this.runs = runs;
  }

  /** What makes pooling questionable; empty if nothing does. Each names two documents. */
  public static List<String> againstPooling(List<Document> runs) {
    Differences differences = new Differences(runs);
    differences.compareTargets();
    differences.compare("version", run -> run.environment().sounderVersion());
    differences.compare("loop", run -> run.isOpenLoop() ? "open" : "closed");
    differences.compare("arrivals", Document::arrivals);
    differences.compareFlags(AMOUNTS);
    differences.compare(
        "step of the sweep", run -> run.step() == null ? "" : "" + run.step().index());
    differences.compare(
        "search for the highest rate", run -> run.findMax() == null ? "" : run.findMax().slo());
    return differences.found;
  }

  /** What makes a comparison questionable, the machine included; empty if nothing does. */
  public static List<String> againstComparing(List<Document> runs) {
    Differences differences = new Differences(runs);
    differences.compareTargets();
    differences.compare("version", run -> run.environment().sounderVersion());
    differences.compare("Java", run -> run.environment().javaVersion());
    differences.compare("system", run -> run.environment().operatingSystem());
    differences.compare("cores", run -> Objects.toString(run.environment().cores(), ""));
    differences.compare("host", run -> run.environment().host());
    differences.compare("loop", run -> run.isOpenLoop() ? "open" : "closed");
    differences.compare("arrivals", Document::arrivals);
    differences.compareFlags(Set.of("duration", "requests", "warmup"));
    return differences.found;
  }

  private void compareTargets() {
    compare("target", Document::target);
  }

  private void compareFlags(Set<String> except) {
    Set<String> names = new LinkedHashSet<>();
    runs.forEach(run -> names.addAll(run.environment().flags().keySet()));
    names.removeAll(except);
    names.forEach(
        name -> compare("--" + name, run -> run.environment().flags().getOrDefault(name, "")));
  }

  /** The first run against the first that differs from it: one line is enough. */
  private void compare(String what, Function<Document, String> value) {
    Document first = runs.get(0);
    for (Document run : runs) {
      if (!value.apply(run).equals(value.apply(first))) {
        found.add(
            what
                + " ("
                + said(value.apply(first), first)
                + ", "
                + said(value.apply(run), run)
                + ")");
        return;
      }
    }
  }

  private static String said(String value, Document run) {
    return (value.isEmpty() ? "none" : value) + " in " + run.name();
  }
}
