package io.sounder.protocol.reply;

import java.util.Objects;

/**
 * The key {@code reply} as it was asked for, before framing and transport decide on line ends.
 *
 * @param kind which of the replies
 * @param text {@code text:}'s text, {@code replace:}'s FROM; null for all others
 * @param replacement {@code replace:}'s TO; null for all others
 */
public record ReplySpec(Kind kind, Template text, Template replacement) {
  /** The replies, as design and documentation name them. */
  public enum Kind {
    /** The message. */
    ECHO,
    /** {@code OK...} and the message. */
    OK,
    /** {@code You entered N characters. } */
    COUNT,
    /** One line of JSON: peer, local, listener, host. */
    WHOAMI,
    /** RFC 868: 4 bytes, big-endian, seconds since 1900-01-01 UTC. */
    TIME,
    /** Nothing. */
    DISCARD,
    /** A fixed text with placeholders. */
    TEXT,
    /** The message with one text replaced by another. */
    REPLACE
  }

  public static final ReplySpec ECHO = new ReplySpec(Kind.ECHO, null, null);

  public ReplySpec {
    Objects.requireNonNull(kind);
  }

  /**
   * The reply.
   *
   * @param endsItsLines whether a reply that is a line must put its own line end: under {@code raw}
   *     and over UDP, where no framing does
   */
  public Reply reply(boolean endsItsLines) {
    return switch (kind) {
      case ECHO -> new Echo();
      case OK -> new Ok();
      case COUNT -> new CharacterCount(endsItsLines);
      case WHOAMI -> new Whoami(endsItsLines);
      case TIME -> new Rfc868Time();
      case DISCARD -> new Discard();
      case TEXT -> new FixedText(text);
      case REPLACE ->
          new Replace(text.constant().orElseThrow(), replacement.constant().orElseThrow());
    };
  }

  /** The reply as the key's value, before percent-encoding. */
  @Override
  public String toString() {
    return switch (kind) {
      case TEXT -> "text:" + text;
      case REPLACE -> "replace:" + text + ":" + replacement;
      default -> kind.name().toLowerCase(java.util.Locale.ROOT);
    };
  }
}
