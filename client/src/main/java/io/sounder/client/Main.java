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
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
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
  private static final Map<String, Function<Console, Object>> COMMANDS = new LinkedHashMap<>();

  static {
    COMMANDS.put("load", LoadCommand::new);
    COMMANDS.put("ping", PingCommand::new);
    COMMANDS.put("talk", TalkCommand::new);
    COMMANDS.put("send", SendCommand::new);
    COMMANDS.put("check", CheckCommand::new);
    COMMANDS.put("time", TimeCommand::new);
    COMMANDS.put("report", ReportCommand::new);
    COMMANDS.put("demo", DemoCommand::new);
  }

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
    int exitCode = commandLine(console, errors, named(args)).execute(args);
    boolean outIsLost = console.out().checkError();
    if (outIsLost) {
      errors.printUnlessAnother(Console.outLost());
    }
    console.err().flush();
    return outIsLost ? ExitCode.worst(exitCode, ExitCode.FAILED) : exitCode;
  }

  /** What its command lines take, for the manual and for completions. */
  public static CommandSpec commandSpec() {
    Console console = Console.system();
    return commandLine(console, new ErrorLine(console), COMMANDS.keySet()).getCommandSpec();
  }

  /**
   * The command that is meant, if it is plain which, with the one that it calls itself; otherwise
   * all. To read what each of them takes lasts longer than most of them.
   */
  private static Set<String> named(String... args) {
    if (args.length == 0 || !COMMANDS.containsKey(args[0])) {
      return COMMANDS.keySet();
    }
    return args[0].equals("demo") ? Set.of("demo", "load") : Set.of(args[0]);
  }

  /** The root with these commands below it. */
  private static CommandLine commandLine(Console console, ErrorLine errors, Set<String> names) {
    CommandLine root = new CommandLine(new Main());
    COMMANDS.forEach(
        (name, command) -> {
          if (names.contains(name)) {
            root.addSubcommand(name, command.apply(console));
          }
        });
    return root.setOut(writer(console.out()))
        .setErr(writer(console.err()))
        .setColorScheme(
            CommandLine.Help.defaultColorScheme(console.outIsTerminal() ? Ansi.AUTO : Ansi.OFF))
        .setExpandAtFiles(false)
        .setParameterExceptionHandler(errors)
        .setExecutionExceptionHandler(errors);
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
