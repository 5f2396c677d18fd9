package io.sounder.client.report.command;

import io.sounder.client.cli.Console;
import io.sounder.client.cli.TerminalWidth;
import io.sounder.client.outcome.ClientFailure;
import io.sounder.client.outcome.ErrorClass;
import io.sounder.client.outcome.ExitCode;
import io.sounder.client.outcome.UsageException;
import io.sounder.client.report.OutputFile;
import io.sounder.client.report.Style;
import io.sounder.client.report.compare.Comparer;
import io.sounder.client.report.compare.Comparison;
import io.sounder.client.report.compare.ComparisonText;
import io.sounder.client.report.compare.Condition;
import io.sounder.client.report.compare.ConditionParser;
import io.sounder.client.report.document.Document;
import io.sounder.client.report.document.DocumentReader;
import io.sounder.client.report.figures.ReportText;
import io.sounder.client.report.html.HtmlReport;
import io.sounder.client.report.merge.Merge;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows results that load has written. */
@Command(
    name = "report",
    description = {
      "Shows the results that load --json has written: one as a table, several beside each other,",
      "pooled into one, or held against each other.",
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  sounder report result.json",
      "  sounder report monday.json tuesday.json",
      "  sounder report --merge client-1.json client-2.json --json both.json",
      "  sounder report monday.json tuesday.json --html report.html",
      "  sounder report --compare base.json new.json --fail-if 'p99>+10%%'",
      "",
      "Exit codes: 0 all well, 2 usage, or files that cannot be used, or that are too little to",
      "judge a condition by; 4 a condition of --fail-if holds; 5, 6, 7 the runs compared are",
      "themselves wrong, limited by the client, or failed."
    })
public final class ReportCommand implements Callable<Integer> {
  private static final int USUAL_COLUMNS = 80;
  private static final String STDOUT = "-";

  private final Console console;

  @Parameters(
      paramLabel = "FILE",
      arity = "1..*",
      description = "Results: a document each, or one per line as a sweep writes them.")
  List<String> files;

  @Option(
      names = "--merge",
      description =
          "Pool the runs as if one client had made them: all counts and histograms added.")
  boolean merges;

  @Option(names = "--force", description = "Pool them even if they were not measured alike.")
  boolean force;

  @Option(
      names = "--compare",
      description = {
        "Hold the second FILE (new) against the first (base). Several runs of one side are parted",
        "by commas: a1.json,a2.json b1.json,b2.json."
      })
  boolean compares;

  @Option(
      names = "--fail-if",
      paramLabel = "CONDITION",
      description = {
        "With --compare: exit 4 if it surely holds. A change (p99>+10%%, rate<-5%%, max>+2ms,",
        "errors>+0.1%%) or a bound (service.p99.9>5ms, errors>1%%); more by commas. Figures are",
        "p50 p90 p99 p99.9 p99.99 max mean, with the prefix service. too; rate; errors."
      })
  List<String> conditions = List.of();

  @Option(
      names = "--html",
      paramLabel = "FILE",
      description = "Write a page with charts there: one file that needs no network.")
  String html;

  @Option(
      names = "--json",
      paramLabel = "FILE",
      description = "Write the documents there; - for stdout, and the table goes to stderr.")
  String json;

  public ReportCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    checkFlags();
    if (compares) {
      return compare();
    }
    List<Document> runs = read(files);
    if (merges) {
      runs = List.of(Merge.of("merged", runs, force));
    }
    if (html != null) {
      HtmlReport.check(runs);
    }
    boolean jsonOnly = STDOUT.equals(json);
    if (jsonOnly) {
      print(console.err(), console.errIsTerminal(), runs);
      console.out().print(DocumentReader.text(runs));
    } else {
      print(console.out(), console.outIsTerminal(), runs);
      if (json != null) {
        OutputFile.write("--json", Path.of(json), DocumentReader.text(runs));
      }
    }
    if (html != null) {
      HtmlReport.write(runs, Path.of(html));
    }
    return ExitCode.OK;
  }

  private void checkFlags() {
    if (html != null && (html.isEmpty() || html.equals(STDOUT))) {
      throw new UsageException("--html: give the name of a file");
    }
    if (json != null && json.isEmpty()) {
      throw new UsageException("--json: give the name of a file, or - for stdout");
    }
    if (html != null && json != null && isPage(json)) {
      throw new UsageException(
          "--json and --html are both " + json + "; give each a file of its own");
    }
    if (force && !merges) {
      throw new UsageException("--force is for --merge");
    }
    if (merges && files.size() < 2) {
      throw new UsageException("--merge: give at least two files");
    }
    if (!conditions.isEmpty() && !compares) {
      throw new UsageException("--fail-if is for --compare");
    }
    if (compares && (merges || json != null)) {
      throw new UsageException(
          "--compare has no document to write: --merge and --json do not go with it");
    }
    if (compares && files.size() != 2) {
      throw new UsageException(
          "--compare: give two, the base and the new; several runs of one are parted by commas");
    }
  }

  private int compare() {
    List<Condition> parsed = new ArrayList<>();
    conditions.forEach(each -> parsed.addAll(ConditionParser.parse(each)));
    List<Document> base = read(parts(files.get(0)));
    List<Document> fresh = read(parts(files.get(1)));
    List<Document> both = new ArrayList<>(base);
    both.addAll(fresh);
    if (html != null) {
      HtmlReport.check(both);
    }
    Comparison comparison = Comparer.compare(base, fresh, parsed);
    Style style = Style.of(console.outIsTerminal(), System.getenv());
    ComparisonText.lines(comparison, style).forEach(console.out()::println);
    console.flushOut();
    if (html != null) {
      HtmlReport.write(both, comparison, Path.of(html));
    }
    if (!comparison.objection().isEmpty()) {
      throw new ClientFailure(ErrorClass.IO, comparison.exitCode(), comparison.objection(), null);
    }
    return comparison.exitCode();
  }

  /** The files of one side; a file whose own name has a comma is one. */
  private static List<String> parts(String side) {
    return Files.exists(Path.of(side)) ? List.of(side) : List.of(side.split(",", -1));
  }

  private List<Document> read(List<String> names) {
    List<Document> documents = new ArrayList<>();
    if (html != null && names.stream().anyMatch(this::isPage)) {
      throw new UsageException("--html " + html + " is one of the results; give another name");
    }
    names.forEach(name -> documents.addAll(DocumentReader.read(Path.of(name))));
    return documents;
  }

  private boolean isPage(String name) {
    return OutputFile.areSame(Path.of(name), Path.of(html));
  }

  private static void print(PrintStream out, boolean isTerminal, List<Document> runs) {
    Map<String, String> environment = System.getenv();
    int columns = isTerminal ? TerminalWidth.columns(environment) : USUAL_COLUMNS;
    Style style = Style.of(isTerminal, environment);
    ReportText.lines(runs, style, columns).forEach(out::println);
    out.flush();
  }
}
