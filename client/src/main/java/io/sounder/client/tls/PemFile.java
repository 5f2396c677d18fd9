package io.sounder.client.tls;

import io.sounder.client.outcome.UsageException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A file of PEM blocks (RFC 7468), given with a flag. What stands between the blocks is skipped.
 *
 * @param flag the flag, for messages
 */
record PemFile(String flag, Path file, List<Block> blocks) {
  private static final long MAX_BYTES =
      16 << 20; // a store of all authorities has a quarter of a MB

  private static final Pattern BLOCK =
      Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----\\s(.*?)-----END \\1-----", Pattern.DOTALL);

  /** A labelled block, decoded: {@code CERTIFICATE}, {@code PRIVATE KEY}. */
  static final class Block {
    private final String label;
    private final byte[] der;

    private Block(String label, byte[] der) {
      this.label = label;
      this.der = der;
    }

    String label() {
      return label;
    }

    byte[] der() {
      return der;
    }
  }

  PemFile {
    blocks = List.copyOf(blocks);
  }

  /**
   * Reads a file.
   *
   * @throws UsageException if that is not possible, or there is no block in it
   */
  static PemFile read(String flag, Path file) {
    List<Block> blocks = new ArrayList<>();
    Matcher matcher = BLOCK.matcher(text(flag, file));
    while (matcher.find()) {
      blocks.add(new Block(matcher.group(1), decode(flag, file, matcher.group(2))));
    }
    if (blocks.isEmpty()) {
      throw new UsageException(
          flag + " " + file + ": no PEM in it; expected -----BEGIN …-----, as openssl writes it");
    }
    return new PemFile(flag, file, blocks);
  }

  private static String text(String flag, Path file) {
    try {
      if (Files.size(file) > MAX_BYTES) {
        throw new UsageException(flag + " " + file + ": above 16 MiB, which no PEM file needs");
      }
      return Files.readString(file, StandardCharsets.ISO_8859_1);
    } catch (NoSuchFileException e) {
      throw new UsageException(flag + " " + file + ": no such file");
    } catch (IOException e) {
      throw new UsageException(flag + " " + file + ": cannot be read (" + e.getMessage() + ")");
    }
  }

  private static byte[] decode(String flag, Path file, String base64) {
    try {
      return Base64.getMimeDecoder().decode(base64);
    } catch (IllegalArgumentException e) {
      throw new UsageException(flag + " " + file + ": a block is no Base64: " + e.getMessage());
    }
  }

  /** An error about this file. */
  UsageException wrong(String what) {
    return new UsageException(flag + " " + file + ": " + what);
  }
}
