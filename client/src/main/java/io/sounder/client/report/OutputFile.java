package io.sounder.client.report;

import io.sounder.client.outcome.ClientFailure;
import io.sounder.client.outcome.ErrorClass;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** A file that is written whole or not at all: what was there before stays until then. */
public final class OutputFile {
  private OutputFile() {}

  /**
   * Replaces what is in the file.
   *
   * @param flag by which the user named it
   * @throws ClientFailure if it cannot be written
   */
  public static void write(String flag, Path file, String text) {
    try {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      if (Files.exists(file) && !Files.isRegularFile(file)) {
        Files.write(file, bytes); // a pipe or a device: nothing to be kept
      } else {
        replace(file, bytes);
      }
    } catch (IOException e) {
      throw new ClientFailure(
          ErrorClass.IO, "cannot write " + flag + " " + file + ": " + reason(file, e), e);
    }
  }

  /**
   * Whether two names are of one file, which would hold only what is written last. A device that
   * both go to is none.
   */
  public static boolean areSame(Path one, Path other) {
    if (Files.exists(one) && Files.exists(other)) {
      try {
        return Files.isRegularFile(one) && Files.isSameFile(one, other);
      } catch (IOException e) {
        return false; // whoever opens them will say why
      }
    }
    return one.toAbsolutePath().normalize().equals(other.toAbsolutePath().normalize());
  }

  private static void replace(Path file, byte[] bytes) throws IOException {
    Path target = Files.exists(file) ? file.toRealPath() : file.toAbsolutePath();
    Path draft =
        target.resolveSibling("." + target.getFileName() + "." + ProcessHandle.current().pid());
    try {
      Files.write(draft, bytes);
      Files.move(
          draft, target, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(draft);
    }
  }

  private static String reason(Path file, IOException cause) {
    if (Files.isDirectory(file)) {
      return "it is a folder";
    }
    if (cause instanceof NoSuchFileException) {
      return "there is no such folder";
    }
    if (cause instanceof AccessDeniedException) {
      return "permission denied";
    }
    String message = cause.getMessage();
    return message == null ? cause.getClass().getSimpleName() : message;
  }
}
