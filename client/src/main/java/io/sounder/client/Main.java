package io.sounder.client;

import io.sounder.client.check.CheckCommand;
import io.sounder.client.cli.Console;
import io.sounder.client.cli.ErrorLine;
import io.sounder.client.cli.Version;
import io.sounder.client.demo.DemoCommand;
import io.sounder.client.load.LoadCommand;
import io.sounder.client.outcome.ExitCode;
import io.sounder.client.outcome.UsageException;
import io.sounder.client.ping.PingCommand;
import io.sounder.client.report.command.ReportCommand;
import io.sounder.client.send.SendCommand;
import io.sounder.client.talk.TalkCommand;
import io.sounder.client.time.TimeCommand;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The client's entry point, and the root of its commands. */
@Command(
    name = "sounder",
    scope = ScopeType.INHERIT,
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    usageHelpWidth = 100,
    synopsisSubcommandLabel = "COMMAND",
    description = "Sounder's client: talks to echo services and the like, and measures them.")
public final class Main implements Runnable {
  @Option(
      names = ErrorLine.VERBOSE,
      scope = ScopeType.INHERIT,
      description = "Print the stack trace of an error.")
  boolean verbose;

  private Main() {}

  /** Parses the command line, runs it, and exits with its code. */
  public static void main(String[] args) {
    System.exit(run(Console.system(), args));
  }

  /** Runs one command line on a console; the exit code. */
  public static int run(Console console, String... args) {
    ErrorLine errors = new ErrorLine(console);
    int exitCode = commandLine(console, errors).execute(args);
    boolean outIsLost = console.out().checkError();
    if (outIsLost) {
      errors.printUnlessAnother(Console.outLost());
    }
    console.err().flush();
    return outIsLost ? ExitCode.worst(exitCode, ExitCode.FAILED) : exitCode;
  }

  /** The root with all commands below it. */
  private static CommandLine commandLine(Console console, ErrorLine errors) {
    CommandLine root = new CommandLine(new Main());
    commands(console).forEach(root::addSubcommand);
    return root.setOut(writer(console.out()))
        .setErr(writer(console.err()))
        .setColorScheme(
            CommandLine.Help.defaultColorScheme(console.outIsTerminal() ? Ansi.AUTO : Ansi.OFF))
        .setExpandAtFiles(false)
        .setParameterExceptionHandler(errors)
        .setExecutionExceptionHandler(errors);
  }

  /** One line for each command. Its name is in its annotation. */
  private static List<Object> commands(Console console) {
    return List.of(
        new LoadCommand(console),
        new PingCommand(console),
        new TalkCommand(console),
        new SendCommand(console),
        new CheckCommand(console),
        new TimeCommand(console),
        new ReportCommand(console),
        new DemoCommand(console));
  }

  private static PrintWriter writer(PrintStream stream) {
    return new PrintWriter(stream, true, StandardCharsets.UTF_8);
  }

  @Override
  public void run() {
    throw new UsageException(
        "no command given; try load, ping, talk, send, check, time, report or demo");
  }
}
