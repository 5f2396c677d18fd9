package io.sounder.server;

import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The arguments of a command line with those of the files that it names, {@code @FILE}, in their
 * places, each with where it stands. A file has a listener or an option a line; an option's value
 * follows it after blanks, after {@code =}, or on the next line. A line that begins with {@code #}
 * is a comment.
 */
final class Arguments {
  /** A file that cannot be used; the message is one line for the user. */
  static final class Unusable extends Exception {
    private static final long serialVersionUID = 1L;

    Unusable(String message, Throwable cause) {
      super(message, cause);
    }
  }

  /**
   * One argument.
   *
   * @param origin {@code FILE:LINE}; empty on the command line
   */
  private record Argument(String text, String origin) {}

  private final List<String> given;
  private final List<Argument> all;

  private Arguments(List<String> given, List<Argument> all) {
    this.given = given;
    this.all = all;
  }

  /**
   * Reads the files among the arguments.
   *
   * @throws Unusable if one cannot be read, or names another
   */
  static Arguments read(String[] given) throws Unusable {
    List<Argument> all = new ArrayList<>();
    for (String each : given) {
      if (each.startsWith("@")) {
        addFile(each.substring(1), all);
      } else {
        all.add(new Argument(each, ""));
      }
    }
    return new Arguments(List.of(given), all);
  }

  /**
   * The same command line, with its files as they are now.
   *
   * @throws Unusable as above
   */
  Arguments readAgain() throws Unusable {
    return read(given.toArray(String[]::new));
  }

  /** Whether a file is among them. */
  boolean hasFiles() {
    return given.stream().anyMatch(each -> each.startsWith("@"));
  }

  private static void addFile(String file, List<Argument> all) throws Unusable {
    List<String> lines = lines(file);
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i).strip();
      String origin = file + ":" + (i + 1);
      if (line.startsWith("@")) {
        throw new Unusable(
            origin + ": a file cannot name another; give both on the command line", null);
      }
      if (line.startsWith("-")) {
        String[] parts = line.split("\\s+", 2);
        for (String part : parts) {
          all.add(new Argument(part, origin));
        }
      } else if (!line.isEmpty() && !line.startsWith("#")) {
        all.add(new Argument(line, origin));
      }
    }
  }

  private static List<String> lines(String file) throws Unusable {
    try {
      return Files.readAllLines(Path.of(file));
    } catch (MalformedInputException e) {
      throw new Unusable("cannot read " + file + ": it is not UTF-8; save it as UTF-8", e);
    } catch (NoSuchFileException e) {
      throw new Unusable(
          "cannot read the file " + file + ": there is none; give the path of a readable file", e);
    } catch (IOException e) {
      throw new Unusable(
          "cannot read the file " + file + ": " + reason(e) + "; give the path of a readable file",
          e);
    }
  }

  private static String reason(IOException e) {
    return e instanceof AccessDeniedException ? "permission denied" : e.getMessage();
  }

  /** Without their places. */
  String[] texts() {
    return all.stream().map(Argument::text).toArray(String[]::new);
  }

  /**
   * A message for the user, behind the place in a file of the argument that it is about; the
   * message alone if that is not known, or is the command line.
   */
  String located(String message) {
    return all.stream()
        .filter(each -> !each.origin().isEmpty() && isAbout(message, each.text()))
        .max(Comparator.comparingInt(each -> matched(message, each.text()).length()))
        .map(each -> each.origin() + ": " + message)
        .orElse(message);
  }

  private static boolean isAbout(String message, String argument) {
    String matched = matched(message, argument);
    int end = message.indexOf(matched) + matched.length();
    return message.contains(matched)
        && (end == message.length() || !Character.isLetterOrDigit(message.charAt(end)));
  }

  /** The argument, if the message has all of it; what it is of, otherwise. */
  private static String matched(String message, String argument) {
    if (message.contains(argument)) {
      return argument;
    }
    return argument.startsWith("-") ? argument.split("=", 2)[0] : argument.split("\\?", 2)[0];
  }
}
