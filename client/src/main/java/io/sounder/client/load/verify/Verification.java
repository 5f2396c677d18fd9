package io.sounder.client.load.verify;

import io.sounder.protocol.endpoint.Conversation;
import io.sounder.protocol.endpoint.Scheme;
import io.sounder.protocol.framing.Decoder;
import io.sounder.protocol.framing.Framing;
import io.sounder.protocol.payload.Payload;
import io.sounder.protocol.reply.Ok;
import io.sounder.protocol.reply.Reply;
import io.sounder.protocol.reply.ReplySpec;
import java.nio.charset.StandardCharsets;

/**
 * How a target's replies are verified: chosen by transport, framing and reply, once for each event
 * loop, whose thread alone may use what it makes.
 */
public final class Verification implements Verifiers {
  /** How much longer than a request a reply may be that does not carry it. */
  private static final int REPLY_ALLOWANCE_BYTES = 64 << 10;

  private static final byte[] NO_PREFIX = {};

  private final Scheme scheme;
  private final Conversation conversation;
  private final Payload payload;
  private final boolean pipelined;
  private final Expectation expectation;

  public Verification(
      Scheme scheme, Conversation conversation, Payload payload, boolean pipelined) {
    this.scheme = scheme;
    this.conversation = conversation;
    this.payload = payload;
    this.pipelined = pipelined;
    this.expectation = expectation();
  }

  /** Whether nothing at all comes back. */
  public static boolean isSilent(Conversation conversation) {
    return conversation.reply().kind() == ReplySpec.Kind.DISCARD;
  }

  /** Whether replies carry the request's payload, so that each can be told from the others. */
  public static boolean carriesPayload(Conversation conversation) {
    ReplySpec.Kind kind = conversation.reply().kind();
    return kind == ReplySpec.Kind.ECHO || kind == ReplySpec.Kind.OK;
  }

  @Override
  public StreamVerifier newStream(int connection, InFlight awaited, Replies replies) {
    if (isSilent(conversation)) {
      return new SilenceVerifier(replies);
    }
    if (conversation.framing() != Framing.RAW) {
      Judge judge = newJudge(connection, awaited, null, replies);
      return new FramedVerifier(expectation, newDecoder(), judge, connection, awaited, replies);
    }
    if (expectation == null) {
      return new PatternStreamVerifier(newPattern(), awaited, replies);
    }
    RawVerifier raw =
        new RawVerifier(expectation, payload.run(), connection, pipelined, awaited, replies);
    return conversation.reply().kind() == ReplySpec.Kind.OK
        ? new OkStreamVerifier(raw, awaited, replies, !pipelined)
        : raw;
  }

  @Override
  public DatagramVerifier newDatagrams(
      int connection, InFlight awaited, LostRequests lost, Replies replies) {
    Judge judge = newJudge(connection, awaited, lost, replies);
    return new DatagramVerifier(
        expectation, conversation.framing(), newDecoder(), judge, connection, awaited, replies);
  }

  /** What is compared as it comes; null where only a pattern is known, or nothing comes. */
  private Expectation expectation() {
    boolean rawStream = scheme.isStream() && conversation.framing() == Framing.RAW;
    return switch (conversation.reply().kind()) {
      case ECHO -> Envelope.framed(payload, conversation.framing());
      case OK ->
          rawStream ? Envelope.bare(payload) : Envelope.afterOk(payload, conversation.framing());
      case COUNT, REPLACE -> rendered(conversation.framing());
      case TEXT -> isConstantText() ? rendered(conversation.framing()) : null;
      case WHOAMI, TIME, DISCARD -> null;
    };
  }

  private boolean isConstantText() {
    return conversation.reply().text().constant().isPresent();
  }

  private RenderedReply rendered(Framing framing) {
    Reply reply = conversation.newReply(scheme);
    return new RenderedReply(reply, Envelope.framed(payload, framing), payload.size(), framing);
  }

  private Judge newJudge(int connection, InFlight awaited, LostRequests lost, Replies replies) {
    if (carriesPayload(conversation)) {
      byte[] prefix =
          conversation.reply().kind() == ReplySpec.Kind.OK
              ? Ok.PREFIX.getBytes(StandardCharsets.US_ASCII)
              : NO_PREFIX;
      return new CarriedPayloadJudge(
          payload, prefix, connection, awaited, lost, replies, scheme.isStream());
    }
    if (expectation != null) {
      return new ComputedReplyJudge(rendered(Framing.RAW), connection, awaited, replies);
    }
    return isSilent(conversation)
        ? (message, wellFramed) -> replies.onStray(Wrong.EXTRA)
        : new PatternJudge(newPattern(), awaited, replies);
  }

  private ReplyPattern newPattern() {
    boolean endsItsLines =
        conversation.framing() == Framing.RAW
            || (conversation.framing().hasHeader() && !scheme.isStream());
    return switch (conversation.reply().kind()) {
      case WHOAMI -> ReplyPattern.whoami(endsItsLines);
      case TIME -> ReplyPattern.time();
      case TEXT -> ReplyPattern.text(conversation.reply().text(), scheme.isStream());
      default -> throw new IllegalStateException("no pattern: " + conversation.reply());
    };
  }

  private Decoder newDecoder() {
    int allowance = carriesPayload(conversation) ? Ok.PREFIX.length() : REPLY_ALLOWANCE_BYTES;
    return conversation.framing().newDecoder(conversation.maxFrameBytes() + allowance);
  }
}
