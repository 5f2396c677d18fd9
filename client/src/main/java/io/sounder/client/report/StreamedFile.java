package io.sounder.client.report;

import io.sounder.client.outcome.ClientFailure;
import io.sounder.client.outcome.ErrorClass;
import io.sounder.client.outcome.UsageException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * A file for results. It is opened before the test, so that nobody waits for ten minutes to learn
 * that it cannot be written, and what is in it stays until there is something new. A test does not
 * fail because a disk is full: the failure is kept for its end, and the file ends with the last
 * piece that was written in whole.
 */
public final class StreamedFile implements AutoCloseable {
  private final String name; // with the flag, for errors
  private final Path path;
  private final FileChannel channel;
  private final boolean created;
  private final boolean regular;
  private boolean begun;
  private ClientFailure failure;

  private StreamedFile(String flag, Path path, FileChannel channel, boolean created) {
    this.name = flag + " " + path;
    this.path = path;
    this.channel = channel;
    this.created = created;
    this.regular = Files.isRegularFile(path);
  }

  /**
   * Opens the file for writing.
   *
   * @throws UsageException if that is not possible
   */
  public static StreamedFile open(String flag, Path path) {
    try {
      return create(flag, path);
    } catch (IOException e) {
      throw new UsageException("cannot write " + flag + " " + path + ": " + reason(path, e));
    }
  }

  private static StreamedFile create(String flag, Path path) throws IOException {
    try {
      FileChannel channel =
          FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
      return new StreamedFile(flag, path, channel, true);
    } catch (FileAlreadyExistsException e) {
      return new StreamedFile(flag, path, FileChannel.open(path, StandardOpenOption.WRITE), false);
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

  /** Writes all of it, or none; nothing any more once that has failed. */
  public void append(ByteBuffer piece) {
    if (failure != null) {
      return;
    }
    long wholeBytes = 0;
    try {
      if (regular && !begun) {
        channel.truncate(0);
      }
      begun = true;
      wholeBytes = regular ? channel.position() : 0;
      while (piece.hasRemaining()) {
        channel.write(piece);
      }
    } catch (IOException e) {
      failed(e);
      cutTo(wholeBytes);
    }
  }

  private void cutTo(long wholeBytes) {
    try {
      if (regular) {
        channel.truncate(wholeBytes);
      }
    } catch (IOException e) {
      failure.addSuppressed(e);
    }
  }

  private void failed(IOException cause) {
    if (failure == null) {
      failure =
          new ClientFailure(
              ErrorClass.IO, "cannot write " + name + ": " + reason(path, cause), cause);
    }
  }

  /** What went wrong with writing, if anything has. */
  public Optional<ClientFailure> failure() {
    return Optional.ofNullable(failure);
  }

  /** Leaves no file behind that was not there before and that nothing was written to. */
  @Override
  public void close() {
    try {
      channel.close();
      if (created && !begun) {
        Files.deleteIfExists(path);
      }
    } catch (IOException e) {
      failed(e);
    }
  }
}
