package io.sounder.client.load.script;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sounder.client.outcome.UsageException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MessageFileTest {
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"GET a\nSET b {n}\n", "GET a\r\nSET b {n}\r\n", "GET a\nSET b {n}"})
  void aLineIsAMessageAndItsEndIsNot(String content) throws IOException {
    assertEquals(List.of("GET a", "SET b {n}"), read(content));
  }

  @Test
  void nothingInALineIsTakenForAComment() throws IOException {
    assertEquals(List.of("# a", " b ", "@c"), read("# a\n b \n@c\n"));
  }

  @Test
  void whatCannotBeSentIsSaidWithItsLine() throws IOException {
    assertRefused("", "it is empty; a message is a line");
    assertRefused("a\n\nb\n", "line 2: it is empty; each line is a message of at least one byte");
    assertRefused("\n", "line 1: it is empty; each line is a message of at least one byte");
    assertRefused("a\nb\nc\\q\n", "line 3: '\\q' is no escape; known are");
    assertRefused("a\n{hex:0}\n", "line 2: '{hex:0}' is no placeholder");
  }

  @Test
  void bytesThatAreNotUtf8HaveToBeEscaped() throws IOException {
    Path file = folder.resolve("messages");
    Files.write(file, new byte[] {'a', '\n', (byte) 0xFF, '\n'});
    assertSaid(file, "line 2: it is not UTF-8; write other bytes as \\xHH");
  }

  @Test
  void aFileThatCannotBeReadIsAUsageError() throws IOException {
    assertSaid(folder.resolve("none"), "there is no such file");
    assertSaid(folder, "it is a folder");
    Path large = folder.resolve("large");
    try (RandomAccessFile file = new RandomAccessFile(large.toFile(), "rw")) {
      file.setLength((16 << 20) + 1);
    }
    assertSaid(large, "is above 16MiB");
  }

  private List<String> read(String content) throws IOException {
    Path file = folder.resolve("messages");
    Files.writeString(file, content);
    return new MessageFile(file.toString()).read().stream().map(TextTemplate::toString).toList();
  }

  private void assertRefused(String content, String said) throws IOException {
    Path file = folder.resolve("messages");
    Files.writeString(file, content);
    assertSaid(file, said);
  }

  private static void assertSaid(Path file, String said) {
    MessageFile messages = new MessageFile(file.toString());
    String message = assertThrows(UsageException.class, messages::read).getMessage();
    String expected = "--message-file " + file;
    assertTrue(message.contains(expected) && message.contains(said), message);
  }
}
