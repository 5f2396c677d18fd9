package io.sounder.client.exchange;

import io.sounder.client.outcome.UsageException;
import io.sounder.protocol.text.Escapes;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A text, once or many times; {@code {n}} in it counts. */
public final class TextSource implements MessageSource {
  private static final String NUMBER = "{n}";

  private final List<byte[]> pieces; // between them stands the number
  private final long countFrom;
  private final long repeat;
  private final long intervalNanos;
  private long sent;

  /**
   * A source.
   *
   * @param escapes whether backslashes in the text are escapes
   * @throws UsageException for a bad escape
   */
  public TextSource(String text, boolean escapes, long repeat, long countFrom, long intervalNanos) {
    this.pieces = pieces(text, escapes);
    this.repeat = repeat;
    this.countFrom = countFrom;
    this.intervalNanos = intervalNanos;
  }

  private static List<byte[]> pieces(String text, boolean escapes) {
    List<byte[]> pieces = new ArrayList<>();
    int start = 0;
    for (int hit = text.indexOf(NUMBER); hit >= 0; hit = text.indexOf(NUMBER, start)) {
      pieces.add(bytes(text.substring(start, hit), escapes));
      start = hit + NUMBER.length();
    }
    pieces.add(bytes(text.substring(start), escapes));
    return pieces;
  }

  private static byte[] bytes(String piece, boolean escapes) {
    if (!escapes) {
      return piece.getBytes(StandardCharsets.UTF_8);
    }
    try {
      return Escapes.parse(piece);
    } catch (IllegalArgumentException e) {
      throw new UsageException("TEXT: " + e.getMessage());
    }
  }

  /** Whether the byte stands in the text. */
  public boolean contains(byte b) {
    return pieces.stream()
        .anyMatch(piece -> new String(piece, StandardCharsets.ISO_8859_1).indexOf(b & 0xff) >= 0);
  }

  @Override
  public Optional<byte[]> next() {
    if (!hasMore()) {
      return Optional.empty();
    }
    byte[] message = render(countFrom + sent);
    sent++;
    return Optional.of(message);
  }

  private byte[] render(long number) {
    ByteArrayOutputStream message = new ByteArrayOutputStream();
    byte[] digits = Long.toString(number).getBytes(StandardCharsets.US_ASCII);
    for (int i = 0; i < pieces.size(); i++) {
      if (i > 0) {
        message.writeBytes(digits);
      }
      message.writeBytes(pieces.get(i));
    }
    return message.toByteArray();
  }

  @Override
  public long intervalNanos() {
    return intervalNanos;
  }

  @Override
  public boolean hasMore() {
    return sent < repeat;
  }
}
