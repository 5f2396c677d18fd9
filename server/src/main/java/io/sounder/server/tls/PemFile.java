package io.sounder.server.tls;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A file of PEM blocks (RFC 7468); what stands between them is explanation, and is skipped. */
final class PemFile {
  private static final long MAX_BYTES =
      1 << 20; // a file of all the authorities there are has 200 kB

  private static final Pattern BLOCK =
      Pattern.compile(
          "^-----BEGIN ([A-Z0-9 ]+)-----\\s*$(.*?)^-----END \\1-----\\s*$",
          Pattern.MULTILINE | Pattern.DOTALL);

  /** What stands between two lines. */
  record Block(String label, String text) {}

  private final String path;
  private final List<Block> blocks;

  private PemFile(String path, List<Block> blocks) {
    this.path = path;
    this.blocks = blocks;
  }

  static PemFile read(String path) throws TlsFileException {
    List<Block> blocks = new ArrayList<>();
    Matcher block = BLOCK.matcher(text(path));
    while (block.find()) {
      blocks.add(new Block(block.group(1), block.group(2).trim()));
    }
    return new PemFile(path, blocks);
  }

  /** The bytes of a block. */
  byte[] decode(Block block) throws TlsFileException {
    try {
      return Base64.getMimeDecoder().decode(block.text());
    } catch (IllegalArgumentException e) {
      throw new TlsFileException(
          path + ": its " + block.label() + " is not Base64; give an undamaged PEM file", e);
    }
  }

  private static String text(String path) throws TlsFileException {
    try {
      Path file = Path.of(path);
      if (Files.size(file) > MAX_BYTES) {
        throw new TlsFileException(
            path + ": has more than " + MAX_BYTES + " bytes; give a file of certificates or keys");
      }
      return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
    } catch (NoSuchFileException e) {
      throw new TlsFileException(path + ": no such file; give the path of a PEM file", e);
    } catch (AccessDeniedException e) {
      throw new TlsFileException(path + ": permission denied; let this user read it", e);
    } catch (IOException | RuntimeException e) {
      throw new TlsFileException(path + ": cannot be read: " + e.getMessage(), e);
    }
  }

  String path() {
    return path;
  }

  List<Block> blocks() {
    return blocks;
  }

  List<Block> blocks(String label) {
    return blocks.stream().filter(block -> block.label().equals(label)).toList();
  }
}
