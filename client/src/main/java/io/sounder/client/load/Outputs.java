package io.sounder.client.load;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sounder.client.cli.Console;
import io.sounder.client.outcome.ClientFailure;
import io.sounder.client.outcome.ExitCode;
import io.sounder.client.report.HdrLog;
import io.sounder.client.report.Progress;
import io.sounder.client.report.ResultJson;
import io.sounder.client.report.StreamedFile;
import io.sounder.client.report.Style;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Where a test's results go: the table, the live view, files. All files are opened before the test
 * begins. Belongs to the coordinating thread.
 */
final class Outputs implements AutoCloseable {
  private final OutputOptions options;
  private final Console console;
  private final boolean jsonToStdout;
  private final StreamedFile json; // null if it goes to stdout, or nowhere
  private final HdrLog hdr; // null if there is none

  /**
   * Opens what was asked for.
   *
   * @throws io.sounder.client.outcome.UsageException if a file cannot be written
   */
  Outputs(OutputOptions options, Console console) {
    this.console = console;
    this.jsonToStdout = OutputOptions.STDOUT.equals(options.json);
    this.json =
        options.json == null || jsonToStdout
            ? null
            : StreamedFile.open("--json", Path.of(options.json));
    this.hdr =
        options.hdr == null
            ? null
            : HdrLog.open("--hdr", Path.of(options.hdr), System::currentTimeMillis);
    this.options = options;
  }

  /** Whoever follows a test. */
  Progress followers(LoadPlan plan) {
    Progress view = options.newView(console, plan);
    return hdr == null ? view : Progress.all(List.of(view, hdr));
  }

  /** How the table's stream shows things. */
  Style style() {
    boolean terminal = jsonToStdout ? console.errIsTerminal() : console.outIsTerminal();
    return Style.of(terminal, System.getenv());
  }

  /** Prints lines where tables go: on stdout, unless the JSON goes there. */
  void print(List<String> lines) {
    PrintStream out = jsonToStdout ? console.err() : console.out();
    lines.forEach(out::println);
    out.flush();
  }

  /** Says in one line what has failed in the midst of several tests. */
  void error(ClientFailure failure) {
    console.err().println("sounder: " + failure.getMessage());
  }

  /** Writes the document of a test that is the only one. */
  void write(ObjectNode document) {
    writeJson(ResultJson.text(document));
  }

  /** Writes the document of one test of several, at once, so that none is lost with a later one. */
  void writeLine(ObjectNode document) {
    writeJson(ResultJson.line(document));
  }

  private void writeJson(String text) {
    if (jsonToStdout) {
      console.out().print(text);
      console.out().flush();
    } else if (json != null) {
      json.append(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
    }
  }

  /**
   * Says which files could not be written.
   *
   * @param exitCode of the test
   * @return that, or a worse one
   */
  int report(int exitCode) {
    int worst = exitCode;
    for (Optional<ClientFailure> failure : failures()) {
      if (failure.isPresent()) {
        console.err().println("sounder: " + failure.get().getMessage());
        worst = ExitCode.worst(worst, failure.get().exitCode());
      }
    }
    return worst;
  }

  private List<Optional<ClientFailure>> failures() {
    return List.of(
        json == null ? Optional.empty() : json.failure(),
        hdr == null ? Optional.empty() : hdr.failure());
  }

  @Override
  public void close() {
    if (json != null) {
      json.close();
    }
    if (hdr != null) {
      hdr.close();
    }
  }
}
