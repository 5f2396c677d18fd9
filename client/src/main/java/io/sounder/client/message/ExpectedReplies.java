package io.sounder.client.message;

import io.sounder.protocol.endpoint.Conversation;
import io.sounder.protocol.endpoint.TargetSpec;
import io.sounder.protocol.framing.Framing;
import io.sounder.protocol.reply.BufferSink;
import io.sounder.protocol.reply.Exchange;
import io.sounder.protocol.reply.Placeholder;
import io.sounder.protocol.reply.Reply;
import io.sounder.protocol.reply.ReplySpec;
import io.sounder.protocol.reply.Rfc868Time;
import io.sounder.protocol.reply.TemplateMatcher;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** What a target's keys say must come back for a message. Immutable. */
public final class ExpectedReplies {
  private final Conversation conversation;
  private final Reply reply;
  private final boolean isStream;
  private final boolean isPlainStream;

  public ExpectedReplies(TargetSpec target) {
    conversation = target.conversation();
    reply = conversation.newReply(target.endpoint().scheme());
    isStream = target.endpoint().scheme().isStream();
    isPlainStream = isStream && conversation.framing() == Framing.RAW;
  }

  /** Whether nothing comes back at all. */
  public boolean areSilent() {
    return reply.isSilent();
  }

  /**
   * Whether messages that are under way together have their replies each. On a stream without
   * framing the server may read two of them as one, and only an echo is none the worse for it.
   */
  public boolean keepMessagesApart() {
    return !isPlainStream || conversation.reply().kind() == ReplySpec.Kind.ECHO;
  }

  /**
   * The reply to a message.
   *
   * @param number the how-manieth reply it is on its connection; a UDP listener counts the replies
   *     to everybody, so that any number is right there
   */
  public ReplyMatcher matcher(byte[] message, long number) {
    return switch (conversation.reply().kind()) {
      case OK -> isPlainStream ? new OkStreamReply(message) : exact(message);
      case TEXT ->
          new TemplateReply(
              conversation.reply().text(), isStream ? number : TemplateMatcher.ANY_NUMBER);
      case WHOAMI -> new WhoamiReply(isPlainStream);
      case TIME -> new AnyBytesReply(Rfc868Time.SIZE);
      case ECHO, COUNT, DISCARD, REPLACE -> exact(message);
    };
  }

  private ReplyMatcher exact(byte[] message) {
    BufferSink out = new BufferSink(message.length + 64);
    reply.write(ByteBuffer.wrap(asTheServerReadsIt(message)), new NoExchange(), out);
    return new ExactReply(out.toByteArray());
  }

  /** A CR at the end of a line belongs to its terminator. */
  private byte[] asTheServerReadsIt(byte[] message) {
    boolean endsInReturn =
        conversation.framing() == Framing.LINE
            && message.length > 0
            && message[message.length - 1] == '\r';
    return endsInReturn ? Arrays.copyOf(message, message.length - 1) : message;
  }

  /** For the replies that depend on nothing but the message. */
  private static final class NoExchange implements Exchange {
    @Override
    public byte[] value(Placeholder placeholder) {
      throw new IllegalStateException("no reply that is exact has placeholders");
    }

    @Override
    public long number() {
      throw new IllegalStateException("no reply that is exact has a number");
    }

    @Override
    public byte[] whoami() {
      throw new IllegalStateException("whoami is not exact");
    }

    @Override
    public long epochSecond() {
      throw new IllegalStateException("the time is not exact");
    }
  }
}
