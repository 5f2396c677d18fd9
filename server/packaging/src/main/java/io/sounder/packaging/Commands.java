package io.sounder.packaging;

import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** The command line as the launcher has it: both programs behind one name. */
final class Commands {
  private Commands() {}

  /** {@code sounder}, with a subcommand for each that the launcher knows. */
  static CommandSpec all() {
    CommandSpec root = CommandSpec.create().name("sounder");
    root.usageMessage()
        .description(
            "An echo service for TCP and UDP, and the load tester that measures through it.");
    root.addOption(flag("Show what it can do.", "-h", "--help"));
    root.addOption(flag("Print the version.", "-V", "--version"));
    root.addSubcommand("serve", new CommandLine(io.sounder.server.Main.commandSpec()));
    CommandSpec client = io.sounder.client.Main.commandSpec();
    for (Map.Entry<String, CommandLine> each : client.subcommands().entrySet()) {
      root.addSubcommand(each.getKey(), each.getValue().getCommandSpec());
    }
    root.addSubcommand("help", new CommandLine(help(root.subcommands().keySet())));
    return root;
  }

  private static CommandSpec help(Iterable<String> commands) {
    CommandSpec help = CommandSpec.create().name("help");
    help.usageMessage().description("Shows what a command takes, with examples.");
    help.addPositional(
        PositionalParamSpec.builder()
            .paramLabel("COMMAND")
            .arity("0..1")
            .type(String.class)
            .completionCandidates(commands)
            .description("Which one.")
            .build());
    return help;
  }

  private static OptionSpec flag(String description, String... names) {
    String[] others = java.util.Arrays.copyOfRange(names, 1, names.length);
    return OptionSpec.builder(names[0], others)
        .arity("0")
        .type(boolean.class)
        .description(description)
        .build();
  }

  /** What completes the value of an option or a parameter. */
  enum Completes {
    /** Nothing that is known beforehand. */
    NOTHING,
    /** The name of a file. */
    FILES,
    /** The beginning of a listener's or a target's URL. */
    URLS,
    /** One of the words that its label lists: {@code auto|off}. */
    WORDS
  }

  static Completes completes(String label) {
    if (label.contains("FILE")) {
      return Completes.FILES;
    }
    if (label.contains("TARGET") || label.contains("LISTENER")) {
      return Completes.URLS;
    }
    return label.equals(label.toLowerCase(java.util.Locale.ROOT)) && label.contains("|")
        ? Completes.WORDS
        : Completes.NOTHING;
  }
}
