package io.sounder.client.load;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sounder.client.cli.Console;
import io.sounder.client.outcome.ClientFailure;
import io.sounder.client.outcome.ExitCode;
import io.sounder.client.outcome.UsageException;
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
  private StreamedFile json; // null if it goes to stdout, or nowhere
  private PageOutput page; // null if there is none, as the next
  private HdrLog hdr;

  private Outputs(OutputOptions options, Console console) {
    this.options = options;
    this.console = console;
    this.jsonToStdout = OutputOptions.STDOUT.equals(options.json);
  }

  /**
   * Opens what was asked for; all of it, or nothing stays open.
   *
   * @throws UsageException if a file cannot be written
   */
  static Outputs open(OutputOptions options, Console console) {
    Outputs outputs = new Outputs(options, console);
    try {
      outputs.openFiles();
      return outputs;
    } catch (UsageException e) {
      outputs.close();
      throw e;
    }
  }

  private void openFiles() {
    if (options.json != null && !jsonToStdout) {
      json = StreamedFile.open("--json", Path.of(options.json));
    }
    if (options.html != null) {
      page = new PageOutput(Path.of(options.html));
    }
    if (options.hdr != null) {
      hdr = HdrLog.open("--hdr", Path.of(options.hdr), System::currentTimeMillis);
    }
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
    addToPage(document);
  }

  /** Writes the document of one test of several, at once, so that none is lost with a later one. */
  void writeLine(ObjectNode document) {
    writeJson(ResultJson.line(document));
    addToPage(document);
  }

  private void addToPage(ObjectNode document) {
    if (page != null) {
      page.add(ResultJson.line(document));
    }
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
   * Writes what is written at the end of all, and says which files could not be.
   *
   * @param exitCode of the test
   * @return that, or a worse one
   */
  int report(int exitCode) {
    if (page != null) {
      page.finish();
    }
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
        page == null ? Optional.empty() : page.failure(),
        hdr == null ? Optional.empty() : hdr.failure());
  }

  @Override
  public void close() {
    if (json != null) {
      json.close();
    }
    if (page != null) {
      page.close();
    }
    if (hdr != null) {
      hdr.close();
    }
  }
}
