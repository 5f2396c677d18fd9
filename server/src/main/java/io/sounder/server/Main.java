package io.sounder.server;

import picocli.CommandLine;

/** The server's entry point: {@code sounder serve}. */
public final class Main {
  private Main() {}

  /** Parses the command line, serves, and exits with its code. */
  public static void main(String[] args) {
    FatalEnd.onAnyError();
    int code = commandLine().execute(args);
    System.exit(code);
  }

  static CommandLine commandLine() {
    CommandLine commandLine = new CommandLine(new ServeCommand());
    commandLine.setUseSimplifiedAtFiles(true);
    commandLine.setParameterExceptionHandler(Main::onUsageError);
    commandLine.setExecutionExceptionHandler(Main::onDefect);
    return commandLine;
  }

  private static int onUsageError(CommandLine.ParameterException e, String[] args) {
    String message = String.valueOf(e.getMessage()).replaceAll("\\s*\\R\\s*", " ");
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
