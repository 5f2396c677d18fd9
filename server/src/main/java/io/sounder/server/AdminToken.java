package io.sounder.server;

import io.sounder.protocol.endpoint.EndpointException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Set;

/** The secret that whoever asks the admin port must show, from a file that few may read. */
final class AdminToken {
  private static final int LEAST_CHARACTERS = 16; // 64 bits, if it is hexadecimal
  private static final int MOST_BYTES = 4096;

  private AdminToken() {}

  /**
   * Reads it; blanks and line ends around it do not belong to it.
   *
   * @throws EndpointException if it cannot be read, others may read it, or it is no good secret
   */
  static String read(String file) {
    try {
      Path path = Path.of(file);
      String token = new String(bytes(path), StandardCharsets.UTF_8).strip();
      if (isReadByOthers(path)) {
        throw new EndpointException("others may read it; run chmod o= " + file);
      }
      if (!token.matches("[!-~]*")) {
        throw new EndpointException(
            "it may hold letters, digits and punctuation, and nothing else; make one with openssl rand -hex 32");
      }
      if (token.length() < LEAST_CHARACTERS) {
        throw new EndpointException(
            "its token is shorter than "
                + LEAST_CHARACTERS
                + " characters; make one with openssl rand -hex 32");
      }
      return token;
    } catch (NoSuchFileException e) {
      throw new EndpointException("no such file");
    } catch (IOException | InvalidPathException e) {
      throw new EndpointException("cannot be read: " + e.getMessage());
    }
  }

  private static byte[] bytes(Path path) throws IOException {
    try (InputStream in = Files.newInputStream(path)) {
      byte[] bytes = in.readNBytes(MOST_BYTES + 1);
      if (bytes.length > MOST_BYTES) {
        throw new EndpointException("it has more than " + MOST_BYTES + " bytes; give a token's");
      }
      return bytes;
    }
  }

  /** Where the file system knows of others. */
  private static boolean isReadByOthers(Path path) throws IOException {
    try {
      Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(path);
      return permissions.contains(PosixFilePermission.OTHERS_READ)
          || permissions.contains(PosixFilePermission.OTHERS_WRITE);
    } catch (UnsupportedOperationException e) {
      return false;
    }
  }
}
