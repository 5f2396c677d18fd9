package io.sounder.packaging;

import io.sounder.packaging.Commands.Completes;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Completions for fish: a line for each command, option and parameter. */
final class FishCompletion {
  private static final String NO_COMMAND = "__fish_use_subcommand";
  private static final String URLS = "tcp:// tls:// udp:// unix:///";

  private final StringBuilder lines = new StringBuilder();

  private FishCompletion() {}

  static String of(CommandSpec sounder) {
    FishCompletion completion = new FishCompletion();
    completion.lines.append("# Written from what the commands say of themselves.\n");
    completion.add("-f");
    for (OptionSpec each : sounder.options()) {
      completion.option(NO_COMMAND, each);
    }
    for (Map.Entry<String, CommandLine> each : sounder.subcommands().entrySet()) {
      CommandSpec spec = each.getValue().getCommandSpec();
      completion.add("-n", NO_COMMAND, "-a", each.getKey(), "-d", quoted(Sentences.summary(spec)));
      completion.command("__fish_seen_subcommand_from " + each.getKey(), spec);
    }
    return completion.lines.toString();
  }

  private void command(String condition, CommandSpec spec) {
    for (OptionSpec each : spec.options()) {
      if (!each.hidden()) {
        option(condition, each);
      }
    }
    for (ArgSpec each : spec.positionalParameters()) {
      if (each.completionCandidates() != null) {
        add("-n", quoted(condition), "-a", quoted(String.join(" ", each.completionCandidates())));
      } else if (Commands.completes(each.paramLabel()) == Completes.URLS) {
        add("-n", quoted(condition), "-a", quoted(URLS));
      } else if (Commands.completes(each.paramLabel()) == Completes.FILES) {
        add("-n", quoted(condition), "-F");
      }
    }
  }

  private void option(String condition, OptionSpec option) {
    StringBuilder names = new StringBuilder();
    for (String each : option.names()) {
      names.append(each.startsWith("--") ? " -l " + each.substring(2) : " -s " + each.substring(1));
    }
    String value = "";
    if (option.arity().max() > 0) {
      String label = option.paramLabel();
      value =
          switch (Commands.completes(label)) {
            case FILES -> " -r -F";
            case WORDS -> " -x -a " + quoted(label.replace("|", " "));
            case URLS -> " -x -a " + quoted(URLS);
            case NOTHING -> " -x";
          };
    }
    add("-n", quoted(condition) + names + value, "-d", quoted(Sentences.summary(option)));
  }

  private void add(String... words) {
    lines.append("complete -c sounder ").append(String.join(" ", words)).append('\n');
  }

  private static String quoted(String text) {
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
  }
}
