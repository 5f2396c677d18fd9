package io.sounder.client.cli;

import io.sounder.client.outcome.ClientFailure;
import io.sounder.client.outcome.ErrorClass;
import io.sounder.client.outcome.ExitCode;
import io.sounder.client.outcome.UsageException;
import io.sounder.protocol.endpoint.EndpointException;
import io.sounder.protocol.endpoint.UnknownServiceException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * Every error as one line on stderr: what failed, on what, why, and what to do. The stack trace
 * comes only with {@code --verbose}.
 */
public final class ErrorLine implements IParameterExceptionHandler, IExecutionExceptionHandler {
  /** The flag that brings stack traces. */
  public static final String VERBOSE = "--verbose";

  private final Console console;
  private boolean printed;

  public ErrorLine(Console console) {
    this.console = console;
  }

  @Override
  public int handleParseException(ParameterException failure, String[] args) {
    boolean verbose = List.of(args).contains(VERBOSE);
    if (failure.getCause() instanceof UnknownServiceException unknown) {
      return failed(asFailure(unknown), verbose);
    }
    print(describe(unknownFlag(failure, args).orElse(failure)), failure, verbose);
    return ExitCode.USAGE;
  }

  /**
   * The flag that is unknown, if one is: the value behind it may have been taken for a parameter,
   * and what is wrong with that parameter is then beside the point.
   */
  private static Optional<ParameterException> unknownFlag(
      ParameterException failure, String[] args) {
    CommandLine commandLine = failure.getCommandLine();
    return Stream.of(args)
        .takeWhile(arg -> !arg.equals("--"))
        .filter(arg -> arg.startsWith("--"))
        .filter(arg -> !commandLine.getCommandSpec().optionsMap().containsKey(nameOf(arg)))
        .findFirst()
        .map(arg -> new UnmatchedArgumentException(commandLine, List.of(arg)));
  }

  private static String nameOf(String flag) {
    int equals = flag.indexOf('=');
    return equals < 0 ? flag : flag.substring(0, equals);
  }

  @Override
  public int handleExecutionException(
      Exception failure, CommandLine commandLine, ParseResult parsed) {
    boolean verbose =
        parsed.expandedArgs().contains(VERBOSE) || parsed.originalArgs().contains(VERBOSE);
    if (failure instanceof ClientFailure known) {
      return failed(known, verbose);
    }
    if (failure instanceof UnknownServiceException unknown) {
      return failed(asFailure(unknown), verbose);
    }
    if (failure instanceof UsageException || failure instanceof EndpointException) {
      print(failure.getMessage() + see(commandLine), failure, verbose);
      return ExitCode.USAGE;
    }
    String advice = verbose ? "" : "; run it again with " + VERBOSE + " and report what it prints";
    print("internal error: " + failure + advice, failure, verbose);
    return ExitCode.INTERNAL;
  }

  /** Prints an error found in the end; the first line says what led to it, and one is enough. */
  public void printUnlessAnother(ClientFailure failure) {
    if (!printed) {
      print(failure.getMessage(), failure, false);
    }
  }

  private int failed(ClientFailure failure, boolean verbose) {
    print(failure.getMessage(), failure, verbose);
    return failure.exitCode();
  }

  private static ClientFailure asFailure(UnknownServiceException unknown) {
    return new ClientFailure(
        ErrorClass.UNKNOWN_SERVICE,
        "cannot resolve: " + ErrorClass.UNKNOWN_SERVICE.text() + ": " + unknown.getMessage(),
        unknown);
  }

  private static String describe(ParameterException failure) {
    CommandLine commandLine = failure.getCommandLine();
    if (failure instanceof UnmatchedArgumentException unmatched) {
      return describeUnmatched(unmatched) + see(commandLine);
    }
    if (failure.getCause() instanceof EndpointException cause) {
      return prefix(failure.getArgSpec()) + cause.getMessage() + see(commandLine);
    }
    return lowerFirst(failure.getMessage()) + see(commandLine);
  }

  private static String describeUnmatched(UnmatchedArgumentException failure) {
    String argument = failure.getUnmatched().get(0);
    boolean atRoot = failure.getCommandLine().getParent() == null;
    String kind =
        failure.isUnknownOption()
            ? "unknown flag"
            : atRoot ? "unknown command" : "unexpected argument";
    List<String> suggestions =
        failure.isUnknownOption() || atRoot ? failure.getSuggestions() : List.of();
    String nearest = suggestions.isEmpty() ? "" : "; did you mean " + suggestions.get(0) + "?";
    return kind + " '" + argument + "'" + nearest;
  }

  private static String prefix(ArgSpec argument) {
    return argument instanceof OptionSpec option ? option.longestName() + ": " : "";
  }

  private static String see(CommandLine commandLine) {
    return " (see " + commandLine.getCommandSpec().qualifiedName(" ") + " --help)";
  }

  private static String lowerFirst(String text) {
    return text.isEmpty() ? text : Character.toLowerCase(text.charAt(0)) + text.substring(1);
  }

  private void print(String message, Exception failure, boolean verbose) {
    printed = true;
    console.out().flush();
    console.err().println("sounder: " + oneLine(message));
    if (verbose) {
      failure.printStackTrace(console.err());
    }
    console.err().flush();
  }

  /** Arguments of the user's may hold line ends; an error stays one line all the same. */
  static String oneLine(String message) {
    return message.strip().replaceAll("\\R+", " ").replaceAll("\\p{Cntrl}", "?");
  }
}
