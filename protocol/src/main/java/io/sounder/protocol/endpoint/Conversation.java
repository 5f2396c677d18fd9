package io.sounder.protocol.endpoint;

import io.sounder.protocol.framing.Framing;
import io.sounder.protocol.reply.Reply;
import io.sounder.protocol.reply.ReplySpec;
import io.sounder.protocol.reply.ReplySpec.Kind;
import io.sounder.protocol.reply.Template;
import io.sounder.protocol.text.Spelling;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * What is said on a connection, in the same words for the listener that says it and the target that
 * is expected to.
 *
 * @param reply what comes back for a message
 * @param replyGiven whether {@code reply} was given, or is the default
 * @param greetings what is sent first, in order
 * @param greetingRepeat how often all greetings are sent, at least 1
 * @param closeAfter how many messages are taken and answered before the listener closes; {@link
 *     #NEVER} for no such limit
 * @param maxFrameBytes the longest message under {@code line} and {@code length}
 */
public record Conversation(
    Framing framing,
    ReplySpec reply,
    boolean replyGiven,
    List<Template> greetings,
    int greetingRepeat,
    long closeAfter,
    int maxFrameBytes) {
  /** The value of {@link #closeAfter} when the listener does not close by itself. */
  public static final long NEVER = -1;

  public static final int DEFAULT_MAX_FRAME_BYTES = 64 << 10;
  public static final int MAX_MAX_FRAME_BYTES = 16 << 20;
  private static final int MAX_GREETING_REPEAT = 1_000_000;
  private static final String TEXT = "text:";
  private static final String REPLACE = "replace:";

  static Conversation read(Parameters parameters, Scheme scheme) {
    Framing framing =
        parameters.get(Key.FRAMING, Framing.RAW, text -> Parameters.oneOf(Framing.class, text));
    if (framing == Framing.RAW) {
      parameters.refuse(
          Key.MAX_FRAME,
          "does not go with framing=raw, which has no frames; it needs line, length or length-le");
      if (!ProxyRule.isRequired(parameters)) { // whose header can be incomplete
        parameters.refuse(
            Key.MESSAGE_TIMEOUT,
            "does not go with framing=raw, where a message is never incomplete; it needs line, length"
                + " or length-le");
      }
    }
    ReplySpec reply = parameters.raw(Key.REPLY, ReplySpec.ECHO, Conversation::replySpec);
    if (reply.kind() == Kind.TIME && scheme.isStream()) {
      for (Key key : List.of(Key.FRAMING, Key.GREETING, Key.GREETING_REPEAT, Key.CLOSE_AFTER)) {
        parameters.refuse(
            key, "does not go with reply=time, which is sent at once and then closed (RFC 868)");
      }
    }
    if (!parameters.has(Key.GREETING)) {
      parameters.refuse(Key.GREETING_REPEAT, "needs a greeting to repeat");
    }
    return new Conversation(
        framing,
        reply,
        parameters.has(Key.REPLY),
        parameters.all(Key.GREETING, text -> Template.compile(text, PercentCode::toBytes)),
        (int) parameters.count(Key.GREETING_REPEAT, 1, 1, MAX_GREETING_REPEAT),
        parameters.count(Key.CLOSE_AFTER, NEVER, 0, Long.MAX_VALUE),
        parameters.sizeBytes(Key.MAX_FRAME, DEFAULT_MAX_FRAME_BYTES, 1, MAX_MAX_FRAME_BYTES));
  }

  private static ReplySpec replySpec(String raw) {
    if (raw.startsWith(TEXT)) {
      Template text = Template.compile(raw.substring(TEXT.length()), PercentCode::toBytes);
      return new ReplySpec(Kind.TEXT, text, null);
    }
    if (raw.startsWith(REPLACE)) {
      return replaceSpec(raw.substring(REPLACE.length()));
    }
    String name = PercentCode.toText(raw);
    return Arrays.stream(Kind.values())
        .filter(kind -> kind != Kind.TEXT && kind != Kind.REPLACE)
        .map(kind -> new ReplySpec(kind, null, null))
        .filter(spec -> spec.toString().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new EndpointException(
                    "allowed are echo, ok, count, whoami, time, discard, text:TEXT and"
                        + " replace:FROM:TO"
                        + Spelling.question(name.split("[:=]", 2)[0], replyNames())));
  }

  private static List<String> replyNames() {
    return Arrays.stream(Kind.values()).map(kind -> kind.name().toLowerCase(Locale.ROOT)).toList();
  }

  private static ReplySpec replaceSpec(String arguments) {
    int colon = arguments.indexOf(':');
    if (colon <= 0) {
      throw new EndpointException(
          "allowed is replace:FROM:TO, where FROM is not empty (a colon in it is percent-encoded)");
    }
    return new ReplySpec(
        Kind.REPLACE, plain(arguments.substring(0, colon)), plain(arguments.substring(colon + 1)));
  }

  /** Text without placeholders: braces are plain. */
  private static Template plain(String raw) {
    return Template.literal(raw, PercentCode.toBytes(raw));
  }

  /** Whether the reply is RFC 868's over a stream: sent at once, then closed. */
  public boolean isTimeAtOnce(Scheme scheme) {
    return reply.kind() == Kind.TIME && scheme.isStream();
  }

  /**
   * The reply, ready to be made: under {@code raw} and over UDP, a reply that is a line ends
   * itself.
   */
  public Reply newReply(Scheme scheme) {
    boolean endsItsLines = framing == Framing.RAW || (framing.hasHeader() && !scheme.isStream());
    return reply.reply(endsItsLines);
  }
}
