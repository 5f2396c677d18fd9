package io.sounder.client.load.script;

import io.sounder.client.outcome.UsageException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A file of messages, one a line. LF or CRLF ends a line and belongs to no message. */
final class MessageFile {
  /** The largest that is read: all messages are kept in memory. */
  private static final int MAX_BYTES = 16 << 20;

  private final String name;

  MessageFile(String name) {
    this.name = name;
  }

  /**
   * Reads it.
   *
   * @throws UsageException if it cannot be read, or holds what cannot be sent
   */
  List<TextTemplate> read() {
    byte[] bytes = readBytes();
    List<TextTemplate> messages = new ArrayList<>();
    int start = 0;
    while (start < bytes.length) {
      int end = start;
      while (end < bytes.length && bytes[end] != '\n') {
        end++;
      }
      boolean endsInCr = end > start && end < bytes.length && bytes[end - 1] == '\r';
      ByteBuffer line = ByteBuffer.wrap(bytes, start, (endsInCr ? end - 1 : end) - start);
      messages.add(message(line, messages.size() + 1));
      start = end + 1;
    }
    if (messages.isEmpty()) {
      throw new UsageException("--message-file " + name + ": it is empty; a message is a line");
    }
    return messages;
  }

  private TextTemplate message(ByteBuffer line, int number) {
    if (!line.hasRemaining()) {
      throw bad(number, "it is empty; each line is a message of at least one byte");
    }
    try {
      return TextTemplate.compile(StandardCharsets.UTF_8.newDecoder().decode(line).toString());
    } catch (CharacterCodingException e) {
      throw bad(number, "it is not UTF-8; write other bytes as \\xHH");
    } catch (IllegalArgumentException e) {
      throw bad(number, e.getMessage());
    }
  }

  private UsageException bad(int number, String what) {
    return new UsageException("--message-file " + name + ": line " + number + ": " + what);
  }

  private byte[] readBytes() {
    try {
      Path file = Path.of(name);
      if (Files.isDirectory(file)) {
        throw unreadable("it is a folder");
      }
      try (InputStream in = Files.newInputStream(file)) {
        byte[] bytes = in.readNBytes(MAX_BYTES + 1);
        if (bytes.length > MAX_BYTES) {
          throw new UsageException("--message-file " + name + " is above 16MiB");
        }
        return bytes;
      }
    } catch (NoSuchFileException e) {
      throw unreadable("there is no such file");
    } catch (AccessDeniedException e) {
      throw unreadable("permission denied");
    } catch (InvalidPathException | IOException e) {
      throw unreadable(e.getMessage());
    }
  }

  private UsageException unreadable(String why) {
    return new UsageException("cannot read --message-file " + name + ": " + why);
  }
}
