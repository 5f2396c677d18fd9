package io.sounder.packaging;

import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;

/** Descriptions cut to what they are about: their first sentence, without its full stop. */
final class Sentences {
  private Sentences() {}

  static String summary(CommandSpec spec) {
    return first(paragraph(spec.usageMessage().description()));
  }

  static String summary(ArgSpec argument) {
    return first(paragraph(argument.description()));
  }

  /** The lines as one, without markup. */
  static String paragraph(String[] lines) {
    return plain(String.join(" ", lines)).replaceAll("\\s+", " ").strip();
  }

  /** A line without markup. */
  static String plain(String text) {
    return Ansi.OFF.string(text.replace("%n", "\n").replace("%%", "%"));
  }

  /** The first sentence. */
  static String first(String text) {
    int end = text.indexOf(". ");
    String sentence = end < 0 ? text : text.substring(0, end);
    return sentence.endsWith(".") ? sentence.substring(0, sentence.length() - 1) : sentence;
  }
}
