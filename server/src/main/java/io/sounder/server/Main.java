package io.sounder.server;

import io.sounder.protocol.text.Spelling;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** The server's entry point: {@code sounder serve}. */
public final class Main {
  private Main() {}

  /** Parses the command line, serves, and exits with its code. */
  public static void main(String[] args) {
    FatalEnd.onAnyError();
    System.exit(run(args));
  }

  /** What its command line takes, for the manual and for completions. */
  public static CommandSpec commandSpec() {
    try {
      return commandLine(Arguments.read(new String[0])).getCommandSpec();
    } catch (Arguments.Unusable e) {
      throw new IllegalStateException("there is no file among no arguments", e);
    }
  }

  /** The exit code, when it has served. */
  static int run(String... args) {
    try {
      Arguments arguments = Arguments.read(args);
      return commandLine(arguments).execute(arguments.texts());
    } catch (Arguments.Unusable e) {
      return onUsageError(e.getMessage());
    }
  }

  /** What reads a command line. */
  static CommandLine commandLine(Arguments arguments) {
    CommandLine commandLine = new CommandLine(new ServeCommand(arguments));
    commandLine.setExpandAtFiles(false); // it forgets where an argument stood
    commandLine.setParameterExceptionHandler(
        (e, args) -> onUsageError(arguments.located(message(e))));
    commandLine.setExecutionExceptionHandler(Main::onDefect);
    return commandLine;
  }

  /** An error in a command line, in one line. */
  static String message(CommandLine.ParameterException e) {
    String message = String.valueOf(e.getMessage()).replaceAll("\\s*\\R\\s*", " ");
    if (e instanceof CommandLine.UnmatchedArgumentException unmatched) {
      List<String> names = List.copyOf(e.getCommandLine().getCommandSpec().optionsMap().keySet());
      String name = unmatched.getUnmatched().get(0).split("=", 2)[0];
      return message
          + Spelling.nearest(name, names).map(each -> "; did you mean " + each + "?").orElse("");
    }
    return message;
  }

  private static int onUsageError(String message) {
    System.err.println("sounder: " + message + "; see 'sounder serve --help'");
    return ExitCode.USAGE;
  }

  private static int onDefect(
      Exception e, CommandLine commandLine, CommandLine.ParseResult result) {
    System.err.println("sounder: internal error: " + e + " (more with --verbose)");
    if (commandLine.<ServeCommand>getCommand().isVerbose()) {
      e.printStackTrace();
    }
    return ExitCode.INTERNAL;
  }
}
