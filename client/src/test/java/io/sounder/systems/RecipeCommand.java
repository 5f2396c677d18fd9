package io.sounder.systems;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A call of the launcher in the shell blocks of {@code docs/recipes.md}.
 *
 * @param line where it stands, for messages
 * @param name the command, such as {@code serve}
 * @param arguments its words, as a shell splits and unquotes them
 */
record RecipeCommand(String line, String name, List<String> arguments) {
  private static final Pattern SHELL_BLOCK =
      Pattern.compile("^```sh\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL);

  /** Words in single or double quotes or bare; what ends a command is a word too. */
  private static final Pattern WORD =
      Pattern.compile("'([^']*)'|\"([^\"]*)\"|(?<end>[|;&<>]+)|([^\\s'\"|;&<>]+)");

  private static final String LAUNCHER = "./sounder";

  /** All of them, in order. */
  static List<RecipeCommand> in(String page) {
    return SHELL_BLOCK
        .matcher(page)
        .results()
        .flatMap(block -> block.group(1).lines())
        .flatMap(RecipeCommand::inLine)
        .toList();
  }

  private static Stream<RecipeCommand> inLine(String line) {
    int start = line.indexOf(LAUNCHER + " ");
    if (start < 0) {
      return Stream.empty();
    }
    List<String> words = new ArrayList<>();
    Matcher word = WORD.matcher(line.substring(start + LAUNCHER.length()));
    while (word.find() && word.group("end") == null) {
      words.add(unquoted(word));
    }
    return Stream.of(new RecipeCommand(line, words.get(0), words.subList(1, words.size())));
  }

  private static String unquoted(Matcher word) {
    return Stream.of(word.group(1), word.group(2), word.group(4))
        .filter(text -> text != null)
        .findFirst()
        .orElseThrow();
  }

  List<String> urls() {
    return arguments.stream().filter(word -> word.matches("[a-z]+://.*")).toList();
  }

  List<String> flags() {
    return arguments.stream().filter(word -> word.matches("--?[a-z][a-z-]*")).toList();
  }
}
