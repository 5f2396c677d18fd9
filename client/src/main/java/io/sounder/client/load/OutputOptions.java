package io.sounder.client.load;

import io.sounder.client.cli.Console;
import io.sounder.client.cli.TerminalSize;
import io.sounder.client.outcome.UsageException;
import io.sounder.client.report.JsonLines;
import io.sounder.client.report.LiveScreen;
import io.sounder.client.report.OutputFile;
import io.sounder.client.report.PlainLines;
import io.sounder.client.report.Progress;
import io.sounder.client.report.Style;
import java.nio.file.Path;
import java.util.Map;
import picocli.CommandLine.Option;

/** The flags that say where results go. */
final class OutputOptions {
  static final String STDOUT = "-";

  /** How a test is followed while it runs. */
  enum ProgressKind {
    auto,
    plain,
    jsonl,
    none
  }

  @Option(
      names = "--json",
      paramLabel = "FILE",
      description = "Write the result there as JSON; - for stdout, and the table goes to stderr.")
  String json;

  @Option(
      names = "--html",
      paramLabel = "FILE",
      description = "Write a page with charts there: one file that needs no network.")
  String html;

  @Option(
      names = "--hdr",
      paramLabel = "FILE",
      description =
          "Write the latencies of each second there, as a HdrHistogram log; with .hgrm at its end,"
              + " their distribution.")
  String hdr;

  @Option(
      names = "--progress",
      paramLabel = "HOW",
      defaultValue = "auto",
      description =
          "auto: a live screen on a terminal, a line each second elsewhere; plain: lines; jsonl:"
              + " lines of JSON; none. Default: auto.")
  ProgressKind progress;

  /**
   * Checks the names of files.
   *
   * @throws UsageException with one line for the user
   */
  void check() {
    if (json != null && json.isEmpty()) {
      throw new UsageException("--json: give the name of a file, or - for stdout");
    }
    checkName("--html", html);
    checkName("--hdr", hdr);
    String jsonFile = STDOUT.equals(json) ? null : json;
    checkApart("--json", jsonFile, "--html", html);
    checkApart("--json", jsonFile, "--hdr", hdr);
    checkApart("--html", html, "--hdr", hdr);
  }

  private static void checkApart(String flag, String name, String otherFlag, String otherName) {
    if (name != null
        && otherName != null
        && OutputFile.areSame(Path.of(name), Path.of(otherName))) {
      throw new UsageException(
          flag + " and " + otherFlag + " are both " + otherName + "; give each a file of its own");
    }
  }

  private static void checkName(String flag, String name) {
    if (name != null && (name.isEmpty() || name.equals(STDOUT))) {
      throw new UsageException(flag + ": give the name of a file");
    }
  }

  /** The view of a test for whoever looks at stderr. */
  Progress newView(Console console, LoadPlan plan) {
    Map<String, String> environment = System.getenv();
    Style style = Style.of(console.errIsTerminal(), environment);
    boolean draws = console.errIsTerminal() && !environment.getOrDefault("TERM", "").equals("dumb");
    return switch (progress) {
      case auto ->
          draws
              ? new WatchedScreen(
                  new LiveScreen(
                      console.err(),
                      style,
                      plan.outline(),
                      () -> TerminalSize.current(environment)))
              : new PlainLines(console.err(), style);
      case plain -> new PlainLines(console.err(), style);
      case jsonl -> new JsonLines(console.err());
      case none -> Progress.NONE;
    };
  }
}
