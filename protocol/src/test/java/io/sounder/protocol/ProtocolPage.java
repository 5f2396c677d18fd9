package io.sounder.protocol;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** What {@code docs/protocol.md} promises, as tables that tests can hold the code to. */
public final class ProtocolPage {
  private static final List<String> LINES = read();

  private ProtocolPage() {}

  public static List<String> lines() {
    return LINES;
  }

  /** The rows of the table with this header: cells of each, as they are written. */
  public static List<List<String>> table(String header) {
    int start = LINES.indexOf(header);
    assertTrue(start >= 0, () -> "docs/protocol.md has no table " + header);
    return LINES.stream()
        .skip(start + 2L)
        .takeWhile(line -> line.startsWith("|"))
        .map(line -> Stream.of(line.split("\\|", -1)).map(String::trim).toList())
        .map(cells -> cells.subList(1, cells.size() - 1))
        .toList();
  }

  /** What stands in a cell between backticks, without single quotes; nothing if there are none. */
  public static String code(String cell) {
    if (!cell.startsWith("`")) {
      return "";
    }
    String code = cell.substring(1, cell.length() - 1);
    return code.startsWith("'") ? code.substring(1, code.length() - 1) : code;
  }

  private static List<String> read() {
    try {
      return Files.readAllLines(
          Path.of(System.getProperty("sounder.root", ".."), "docs/protocol.md"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
