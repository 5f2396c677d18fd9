package io.sounder.client.report.command;

import io.sounder.client.cli.Console;
import io.sounder.client.cli.TerminalWidth;
import io.sounder.client.outcome.ExitCode;
import io.sounder.client.outcome.UsageException;
import io.sounder.client.report.Style;
import io.sounder.client.report.document.Document;
import io.sounder.client.report.document.DocumentReader;
import io.sounder.client.report.figures.ReportText;
import io.sounder.client.report.merge.Merge;
import java.io.PrintStream;
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
      "or pooled into one.",
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  sounder report result.json",
      "  sounder report monday.json tuesday.json",
      "  sounder report --merge client-1.json client-2.json --json both.json",
      "",
      "Exit codes: 0 all well, 2 usage, or files that cannot be used (or not together)."
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
    List<Document> runs = read(files);
    if (merges) {
      runs = List.of(Merge.of("merged", runs, force));
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
    return ExitCode.OK;
  }

  private void checkFlags() {
    if (json != null && json.isEmpty()) {
      throw new UsageException("--json: give the name of a file, or - for stdout");
    }
    if (force && !merges) {
      throw new UsageException("--force is for --merge");
    }
    if (merges && files.size() < 2) {
      throw new UsageException("--merge: give at least two files");
    }
  }

  private static List<Document> read(List<String> names) {
    List<Document> documents = new ArrayList<>();
    names.forEach(name -> documents.addAll(DocumentReader.read(Path.of(name))));
    return documents;
  }

  private static void print(PrintStream out, boolean isTerminal, List<Document> runs) {
    Map<String, String> environment = System.getenv();
    int columns = isTerminal ? TerminalWidth.columns(environment) : USUAL_COLUMNS;
    Style style = Style.of(isTerminal, environment);
    ReportText.lines(runs, style, columns).forEach(out::println);
    out.flush();
  }
}
