package io.sounder.protocol.reply;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Text with placeholders, compiled once. Rendering allocates nothing. Immutable. */
public final class Template {
  /** Literal bytes, or a placeholder; the other is null. */
  record Part(@SuppressWarnings("ArrayRecordComponent") byte[] literal, Placeholder placeholder) {}

  private final String source;
  private final Part[] parts;

  private Template(String source, List<Part> parts) {
    this.source = source;
    this.parts = parts.toArray(new Part[0]);
  }

  /**
   * Compiles a text. Placeholders are recognised before the literal stretches between them are
   * decoded; other braces are plain text.
   *
   * @param decode makes the bytes of a literal stretch, for instance by percent-decoding
   */
  public static Template compile(String source, Function<String, byte[]> decode) {
    List<Part> parts = new ArrayList<>();
    int literalStart = 0;
    for (int i = 0; i < source.length(); ) {
      Optional<Placeholder> placeholder = Placeholder.at(source, i);
      if (placeholder.isEmpty()) {
        i++;
        continue;
      }
      addLiteral(parts, decode.apply(source.substring(literalStart, i)));
      parts.add(new Part(null, placeholder.get()));
      i += placeholder.get().text().length();
      literalStart = i;
    }
    addLiteral(parts, decode.apply(source.substring(literalStart)));
    return new Template(source, parts);
  }

  /** A text in which nothing is a placeholder. */
  public static Template literal(String source, byte[] bytes) {
    List<Part> parts = new ArrayList<>();
    addLiteral(parts, bytes);
    return new Template(source, parts);
  }

  private static void addLiteral(List<Part> parts, byte[] literal) {
    if (literal.length > 0) {
      parts.add(new Part(literal, null));
    }
  }

  /** The bytes, where there is no placeholder in them. */
  public Optional<byte[]> constant() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (Part part : parts) {
      if (part.literal == null) {
        return Optional.empty();
      }
      bytes.writeBytes(part.literal);
    }
    return Optional.of(bytes.toByteArray());
  }

  public int length(Exchange exchange) {
    int length = 0;
    for (Part part : parts) {
      length +=
          part.literal != null
              ? part.literal.length
              : part.placeholder == Placeholder.NUMBER
                  ? Decimal.length(exchange.number())
                  : exchange.value(part.placeholder).length;
    }
    return length;
  }

  public void write(Exchange exchange, ByteSink out) {
    for (Part part : parts) {
      if (part.literal != null) {
        out.put(part.literal);
      } else if (part.placeholder == Placeholder.NUMBER) {
        Decimal.write(exchange.number(), out);
      } else {
        out.put(exchange.value(part.placeholder));
      }
    }
  }

  Part[] parts() {
    return parts;
  }

  /** The text as it was written. */
  @Override
  public String toString() {
    return source;
  }
}
