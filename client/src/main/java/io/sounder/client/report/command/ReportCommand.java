package io.sounder.client.report.command;

import io.sounder.client.cli.Console;
import io.sounder.client.cli.TerminalWidth;
import io.sounder.client.outcome.ExitCode;
import io.sounder.client.report.Style;
import io.sounder.client.report.document.Document;
import io.sounder.client.report.document.DocumentReader;
import io.sounder.client.report.figures.ReportText;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Shows results that load has written. */
@Command(
    name = "report",
    description = {
      "Shows the results that load --json has written: one as a table, several beside each other.",
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  sounder report result.json",
      "  sounder report monday.json tuesday.json",
      "",
      "Exit codes: 0 all well, 2 usage, or a file that cannot be used."
    })
public final class ReportCommand implements Callable<Integer> {
  private static final int USUAL_COLUMNS = 80;

  private final Console console;

  @Parameters(
      paramLabel = "FILE",
      arity = "1..*",
      description = "Results: a document each, or one per line as a sweep writes them.")
  List<String> files;

  public ReportCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    print(console.out(), console.outIsTerminal(), read(files));
    return ExitCode.OK;
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
