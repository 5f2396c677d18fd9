package io.sounder.packaging;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Completions for zsh, by its own {@code _arguments}, which also shows what each option is for. */
final class ZshCompletion {
  private static final String URLS = "(tcp\\:// tls\\:// udp\\:// unix\\:///)";

  private ZshCompletion() {}

  static String of(CommandSpec sounder) {
    StringBuilder script = new StringBuilder("#compdef sounder\n");
    script.append("# Written from what the commands say of themselves.\n");
    script.append("local context state state_descr line\n");
    script.append("typeset -A opt_args\n");
    script.append("local -a commands=(\n");
    for (Map.Entry<String, CommandLine> each : sounder.subcommands().entrySet()) {
      String summary = Sentences.summary(each.getValue().getCommandSpec());
      script.append("  ").append(quoted(each.getKey() + ":" + summary)).append('\n');
    }
    script.append(")\n");
    script.append("_arguments -C ").append(specs(sounder));
    script.append(" '1:command:->command' '*::argument:->argument' && return 0\n");
    script.append("case $state in\n");
    script.append("command) _describe -t commands command commands ;;\n");
    script.append("argument)\n  case $line[1] in\n");
    for (Map.Entry<String, CommandLine> each : sounder.subcommands().entrySet()) {
      script.append("  ").append(each.getKey()).append(") _arguments -s ");
      script.append(specs(each.getValue().getCommandSpec())).append(" ;;\n");
    }
    return script.append("  esac\n  ;;\nesac\n").toString();
  }

  private static String specs(CommandSpec spec) {
    List<String> specs = new ArrayList<>();
    spec.options().stream()
        .filter(each -> !each.hidden())
        .map(ZshCompletion::of)
        .forEach(specs::add);
    spec.positionalParameters().stream().map(ZshCompletion::of).forEach(specs::add);
    return String.join(" ", specs);
  }

  /** {@code '(-h --help)'{-h,--help}'[what it is for]:VALUE:ACTION'}. */
  private static String of(OptionSpec option) {
    String names = String.join(" ", option.names());
    String each =
        option.names().length == 1
            ? names
            : Stream.of(option.names()).collect(Collectors.joining(",", "'{", "}'"));
    String value =
        option.arity().max() == 0 ? "" : ":" + plain(option.paramLabel()) + ":" + action(option);
    String repeats = option.isMultiValue() ? "*" : "";
    String exclusive = option.isMultiValue() ? "" : "(" + names + ")";
    String text = exclusive + repeats + each + "[" + plain(Sentences.summary(option)) + "]" + value;
    return "'" + text + "'";
  }

  private static String of(ArgSpec positional) {
    String repeats = positional.arity().max() > 1 || positional.isMultiValue() ? "*" : "";
    String message = plain(positional.paramLabel());
    return "'" + repeats + ":" + message + ":" + action(positional) + "'";
  }

  private static String action(ArgSpec argument) {
    if (argument.completionCandidates() != null) {
      return "(" + String.join(" ", argument.completionCandidates()) + ")";
    }
    return switch (Commands.completes(argument.paramLabel())) {
      case FILES -> "_files";
      case URLS -> URLS;
      case WORDS -> "(" + argument.paramLabel().replace('|', ' ') + ")";
      case NOTHING -> "";
    };
  }

  /** For inside of an {@code _arguments} specification in single quotes. */
  private static String plain(String text) {
    return text.replace("\\", "\\\\")
        .replace("[", "\\[")
        .replace("]", "\\]")
        .replace(":", "\\:")
        .replace("'", "'\\''");
  }

  private static String quoted(String text) {
    return "'" + text.replace("'", "'\\''") + "'";
  }
}
