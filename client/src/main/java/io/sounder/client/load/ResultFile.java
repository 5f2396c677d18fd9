package io.sounder.client.load;

import io.sounder.client.outcome.ClientFailure;
import io.sounder.client.outcome.ErrorClass;
import io.sounder.client.outcome.UsageException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The file that a result is written to. It is opened before the test, so that nobody waits for ten
 * minutes to learn that it cannot be written; an older result in it stays until the new one is
 * there.
 */
final class ResultFile implements AutoCloseable {
  private final Path path;
  private final FileChannel channel;
  private final boolean created;
  private boolean written;

  private ResultFile(Path path, FileChannel channel, boolean created) {
    this.path = path;
    this.channel = channel;
    this.created = created;
  }

  /**
   * Opens the file for writing.
   *
   * @throws UsageException if that is not possible
   */
  static ResultFile open(Path path) {
    try {
      return create(path);
    } catch (IOException e) {
      throw new UsageException("cannot write --json " + path + ": " + reason(path, e));
    }
  }

  private static ResultFile create(Path path) throws IOException {
    try {
      FileChannel channel =
          FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
      return new ResultFile(path, channel, true);
    } catch (FileAlreadyExistsException e) {
      FileChannel channel =
          FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      return new ResultFile(path, channel, false);
    }
  }

  private static String reason(Path path, IOException cause) {
    if (cause instanceof NoSuchFileException) {
      return "there is no such folder";
    }
    if (cause instanceof AccessDeniedException) {
      return "permission denied";
    }
    if (Files.isDirectory(path)) {
      return "it is a folder";
    }
    String message = cause.getMessage();
    return message == null ? cause.getClass().getSimpleName() : message;
  }

  /**
   * Replaces what is in the file.
   *
   * @throws ClientFailure if it cannot all be written
   */
  void write(String text) {
    ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    written = true;
    try {
      if (Files.isRegularFile(path)) {
        channel.truncate(0);
      }
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
    } catch (IOException e) {
      throw new ClientFailure(
          ErrorClass.IO, "cannot write --json " + path + ": " + reason(path, e), e);
    }
  }

  /** Leaves no file behind that was not there before and that nothing was written to. */
  @Override
  public void close() {
    try {
      channel.close();
      if (created && !written) {
        Files.deleteIfExists(path);
      }
    } catch (IOException e) {
      throw new ClientFailure(
          ErrorClass.IO, "cannot write --json " + path + ": " + reason(path, e), e);
    }
  }
}
