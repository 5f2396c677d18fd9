package io.sounder.client.demo;

import io.sounder.client.cli.Console;
import io.sounder.client.cli.DurationConverter;
import io.sounder.client.load.LoadCommand;
import io.sounder.client.outcome.ClientFailure;
import io.sounder.client.outcome.ErrorClass;
import io.sounder.client.outcome.ExitCode;
import io.sounder.client.report.html.HtmlReport;
import io.sounder.protocol.endpoint.Units;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Shows the whole on one machine: a server, a load against it, the report. */
@Command(
    name = "demo",
    description = {
      "Starts a server on a free loopback port, loads it through 64 connections, shows the report,",
      "writes it as a page, and stops the server. Ends with the load's exit code."
    },
    footerHeading = "%nExamples:%n",
    footer = {"  sounder demo", "  sounder demo -d 3s --html /tmp/demo.html"})
public final class DemoCommand implements Callable<Integer> {
  private static final String JAR_PROPERTY = "sounder.server.jar";
  private static final String LISTENER = "tcp://127.0.0.1:0";
  private static final String ANY_TARGET = "tcp://127.0.0.1:1"; // not known before it listens
  private static final String USUAL_PAGE = "report.html";
  private static final int CONNECTIONS = 64;
  private static final long START_TIMEOUT_NANOS = 30_000_000_000L;
  private static final long STOP_TIMEOUT_NANOS = 15_000_000_000L; // longer than the drain

  private final Console console;

  @Spec CommandSpec spec;

  @Option(
      names = {"-d", "--duration"},
      paramLabel = "DURATION",
      converter = DurationConverter.class,
      defaultValue = "10s",
      description = "How long the load lasts (default: ${DEFAULT-VALUE}).")
  long durationNanos;

  @Option(
      names = "--html",
      paramLabel = "FILE",
      description = {
        "Where the report is written as a page (default: report.html in this folder, unless it",
        "cannot be written or is another's)."
      })
  String html;

  public DemoCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    checkLoad();
    try (ServerChild server = new ServerChild(serverJar(), List.of(LISTENER, "--admin", "off"))) {
      String target = server.awaitReady(START_TIMEOUT_NANOS).get(0);
      say("server listening on " + target);
      int loadCode = load(target);
      int serverCode = server.stop(STOP_TIMEOUT_NANOS);
      say(
          serverCode < 0
              ? "server killed: it did not stop in " + Units.durationText(STOP_TIMEOUT_NANOS)
              : "server stopped, exit " + serverCode);
      return loadCode;
    }
  }

  /** So that no server starts for a load that is refused. */
  private void checkLoad() {
    CommandLine load = loadCommand();
    load.parseArgs(loadArguments(ANY_TARGET));
    LoadCommand command = load.getCommand();
    command.check();
  }

  private int load(String target) {
    String[] arguments = loadArguments(target);
    say("sounder load " + String.join(" ", arguments));
    return loadCommand().execute(arguments);
  }

  private CommandLine loadCommand() {
    return spec.root().commandLine().getSubcommands().get("load");
  }

  private String[] loadArguments(String target) {
    List<String> arguments = new ArrayList<>(List.of(target, "-c", Integer.toString(CONNECTIONS)));
    arguments.addAll(List.of("-d", Units.durationText(durationNanos)));
    if (html != null) {
      arguments.addAll(List.of("--html", html));
    } else if (canWriteUsualPage()) {
      arguments.addAll(List.of("--html", USUAL_PAGE));
    }
    return arguments.toArray(String[]::new);
  }

  private static boolean canWriteUsualPage() {
    Path page = Path.of(USUAL_PAGE);
    boolean isWritable = Files.isWritable(Files.exists(page) ? page : Path.of("."));
    return isWritable && HtmlReport.isOwnOrAbsent(page);
  }

  private void say(String line) {
    console.out().println(line);
    console.out().flush();
  }

  private static Path serverJar() {
    String jar = System.getProperty(JAR_PROPERTY);
    if (jar == null || !Files.isRegularFile(Path.of(jar))) {
      throw new ClientFailure(
          ErrorClass.IO,
          ExitCode.INTERNAL,
          "cannot find the server's jar"
              + (jar == null ? "" : " at " + jar)
              + "; start the demo by ./sounder, or give Java -D"
              + JAR_PROPERTY
              + "=…/sounder-server.jar",
          null);
    }
    return Path.of(jar);
  }
}
