package io.sounder.client.load.script;

import io.sounder.client.load.verify.Envelope;
import io.sounder.client.load.verify.Expectation;
import io.sounder.client.load.verify.Identification;
import io.sounder.client.load.verify.RenderedReply;
import io.sounder.client.load.verify.Verification;
import io.sounder.client.load.verify.Verifiers;
import io.sounder.client.outcome.UsageException;
import io.sounder.protocol.endpoint.Conversation;
import io.sounder.protocol.endpoint.Scheme;
import io.sounder.protocol.endpoint.TargetSpec;
import io.sounder.protocol.framing.Framing;
import io.sounder.protocol.payload.Payload;
import io.sounder.protocol.reply.Ok;
import io.sounder.protocol.reply.Reply;
import io.sounder.protocol.reply.ReplySpec.Kind;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the user wants to be said in place of payloads, and what has to come back in place of what
 * the target's key {@code reply} says: one of the two, both, or neither. Immutable.
 */
public final class Script {
  /** Payloads, and the target's key. */
  public static final Script EMPTY = new Script(null, null, Map.of());

  private static final byte[] NO_PREFIX = {};

  private final Texts messages; // null for payloads
  private final ReplyRule rule; // null for the target's key
  private final Map<String, String> flags;

  /**
   * A script.
   *
   * @param messages null for payloads
   * @param rule null for what the target's key says
   * @param flags by which it was given, for reports
   */
  public Script(Texts messages, ReplyRule rule, Map<String, String> flags) {
    this.messages = messages;
    this.rule = rule;
    this.flags = Collections.unmodifiableMap(new LinkedHashMap<>(flags));
  }

  /** The flags by which it was given, as the user wrote them. */
  public Map<String, String> flags() {
    return flags;
  }

  /** Whether it has messages of its own, so that there are no payloads. */
  public boolean hasMessages() {
    return messages != null;
  }

  /** Whether it says itself what has to come back. */
  public boolean hasRule() {
    return rule != null;
  }

  /** Whether nothing at all comes back. */
  public boolean isSilent(Conversation conversation) {
    return rule == null ? Verification.isSilent(conversation) : rule instanceof ReplyRule.None;
  }

  /**
   * Checks that it goes with a target.
   *
   * @param pipeline how many requests are in flight on a connection at once
   * @throws UsageException with one line for the user
   */
  public void check(TargetSpec target, int pipeline) {
    new ScriptCheck(messages, rule, target).check(pipeline);
  }

  /**
   * What an event loop says and expects.
   *
   * @param payload what is sent without messages; its run is that of the random fields
   * @param connections how many there are in the whole run
   */
  public Dialogue dialogue(TargetSpec target, Payload payload, int connections, boolean pipelined) {
    Numbering numbering = new Numbering(payload.run(), connections);
    return new Dialogue(
        request(target, payload, numbering), verifiers(target, payload, numbering, pipelined));
  }

  private Expectation request(TargetSpec target, Payload payload, Numbering numbering) {
    Conversation conversation = target.conversation();
    if (messages != null) {
      return new RenderedText(messages, conversation.framing(), numbering);
    }
    return conversation.isTimeAtOnce(target.endpoint().scheme())
        ? Envelope.bare(new Payload(payload.run(), 0))
        : Envelope.framed(payload, conversation.framing());
  }

  private Verifiers verifiers(
      TargetSpec target, Payload payload, Numbering numbering, boolean pipelined) {
    Scheme scheme = target.endpoint().scheme();
    Conversation conversation = target.conversation();
    if (rule instanceof ReplyRule.Exact exact) {
      return exactly(new Texts(List.of(exact.text())), target, numbering);
    }
    if (rule != null) {
      return new RuleVerifiers(Frames.of(conversation, 0), rule);
    }
    Kind kind = conversation.reply().kind();
    if (messages != null && kind == Kind.ECHO) {
      return exactly(messages, target, numbering);
    }
    if (messages != null && (kind == Kind.OK || kind == Kind.COUNT || kind == Kind.REPLACE)) {
      return kind == Kind.OK && isRawStream(target)
          ? new OkStreams(
              new RenderedText(messages, Framing.RAW, numbering), payload.run(), pipelined)
          : computed(target, numbering);
    }
    return new Verification(scheme, conversation, payload, pipelined);
  }

  private static Verifiers exactly(Texts texts, TargetSpec target, Numbering numbering) {
    Conversation conversation = target.conversation();
    Expectation bare = new RenderedText(texts, Framing.RAW, numbering);
    return new ExactVerifiers(
        Frames.of(conversation, texts.maxBytes()),
        new RenderedText(texts, conversation.framing(), numbering),
        bare,
        NO_PREFIX,
        texts.all().stream().allMatch(TextTemplate::isOneLine),
        identification(texts, bare, numbering, 0, !isRawStream(target)));
  }

  /** Replies that are made from the messages, as a server makes them. */
  private Verifiers computed(TargetSpec target, Numbering numbering) {
    Conversation conversation = target.conversation();
    byte[] prefix =
        conversation.reply().kind() == Kind.OK
            ? Ok.PREFIX.getBytes(StandardCharsets.US_ASCII)
            : NO_PREFIX;
    Expectation bare = rendered(target, Framing.RAW, numbering);
    return new ExactVerifiers(
        Frames.of(conversation, messages.maxBytes() + prefix.length),
        rendered(target, conversation.framing(), numbering),
        bare,
        prefix,
        conversation.reply().kind() == Kind.COUNT,
        conversation.reply().kind() == Kind.OK
            ? identification(messages, bare, numbering, prefix.length, true)
            : null);
  }

  private RenderedReply rendered(TargetSpec target, Framing framing, Numbering numbering) {
    Reply reply = target.conversation().newReply(target.endpoint().scheme());
    RenderedText request = new RenderedText(messages, framing, numbering);
    return new RenderedReply(reply, request, messages.maxBytes(), framing);
  }

  /** How replies are told apart that say which request they answer; null if they do not. */
  private static Identification identification(
      Texts texts, Expectation bare, Numbering numbering, int prefixBytes, boolean endTells) {
    return NumberedTexts.tell(texts, endTells)
        ? new NumberedTexts(texts, bare, numbering, prefixBytes, endTells)
        : null;
  }

  private static boolean isRawStream(TargetSpec target) {
    return target.endpoint().scheme().isStream() && target.conversation().framing() == Framing.RAW;
  }
}
