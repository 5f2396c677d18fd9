package io.sounder.client.load.script;

import io.sounder.client.load.verify.Verification;
import io.sounder.client.outcome.UsageException;
import io.sounder.protocol.endpoint.Conversation;
import io.sounder.protocol.endpoint.Scheme;
import io.sounder.protocol.endpoint.TargetSpec;
import io.sounder.protocol.endpoint.Units;
import io.sounder.protocol.framing.Framing;
import io.sounder.protocol.reply.Ok;
import io.sounder.protocol.reply.ReplySpec.Kind;
import java.util.List;

/** Whether a script goes with a target. */
final class ScriptCheck {
  private static final int MAX_DATAGRAM_BYTES = 65_507;

  private final Texts messages;
  private final ReplyRule rule;
  private final TargetSpec target;
  private final Conversation conversation;
  private final Framing framing;
  private final boolean udp;
  private final boolean rawStream;

  ScriptCheck(Texts messages, ReplyRule rule, TargetSpec target) {
    this.messages = messages;
    this.rule = rule;
    this.target = target;
    this.conversation = target.conversation();
    this.framing = conversation.framing();
    this.udp = target.endpoint().scheme() == Scheme.UDP;
    this.rawStream = !udp && framing == Framing.RAW;
  }

  /**
   * Checks.
   *
   * @throws UsageException with one line for the user
   */
  void check(int pipeline) {
    if (rule != null && conversation.replyGiven()) {
      throw new UsageException(
          "--expect does not go with reply="
              + conversation.reply()
              + " of the target: both say what comes back; leave one of them out");
    }
    if (messages != null) {
      checkMessages();
    }
    if (rule != null) {
      checkRule();
    }
    if (pipeline > 1 && udp) {
      checkDatagramPipeline(pipeline);
    }
  }

  private void checkMessages() {
    if (conversation.isTimeAtOnce(target.endpoint().scheme())) {
      throw new UsageException(
          "--message does not go with reply=time over a stream, which is sent without a question");
    }
    List<TextTemplate> all = messages.all();
    for (int i = 0; i < all.size(); i++) {
      String name = all.size() == 1 ? "--message" : "--message-file: line " + (i + 1);
      if (all.get(i).maxBytes() == 0 && rawStream) {
        throw new UsageException(name + " is empty, which sends nothing on a raw stream");
      }
      checkText(name, all.get(i), addedBytes());
      if (rawStream
          && conversation.reply().kind() == Kind.OK
          && all.get(i).mayContain(Ok.PREFIX.charAt(0))) {
        throw new UsageException(
            name
                + " has an O in it, and with reply=ok on a raw stream "
                + Ok.PREFIX
                + " may stand anywhere in the reply; give both sides a framing");
      }
    }
  }

  /** What comes to a message in a datagram. */
  private int addedBytes() {
    boolean ok = rule == null && conversation.reply().kind() == Kind.OK;
    return (framing.hasHeader() ? Framing.HEADER_BYTES : 0)
        + (framing == Framing.LINE ? 1 : 0)
        + (ok ? Ok.PREFIX.length() : 0);
  }

  private void checkText(String name, TextTemplate text, int addedBytes) {
    if (framing == Framing.LINE && (text.mayContain('\n') || text.endsWith('\r'))) {
      throw new UsageException(
          name
              + " has a line end in it, and under framing=line that ends the message: leave it out");
    }
    checkFits(name, text.maxBytes(), addedBytes);
  }

  private void checkFits(String name, int bytes, int addedBytes) {
    if (framing != Framing.RAW && bytes > conversation.maxFrameBytes()) {
      throw new UsageException(
          name
              + " has up to "
              + bytes
              + "B, which is above max-frame="
              + Units.sizeText(conversation.maxFrameBytes())
              + "; give the target a larger max-frame, and the server too");
    }
    if (udp && bytes > MAX_DATAGRAM_BYTES - addedBytes) {
      throw new UsageException(
          name
              + " has up to "
              + bytes
              + "B, which does not fit a datagram; at most "
              + (MAX_DATAGRAM_BYTES - addedBytes)
              + "B does");
    }
  }

  private void checkRule() {
    if (rule instanceof ReplyRule.Exact exact) {
      checkText("--expect", exact.text(), addedBytes());
    }
    if (rule instanceof ReplyRule.Length length) {
      checkFits("--expect length:", length.bytes(), addedBytes());
    }
    boolean lineEnd =
        rule instanceof ReplyRule.Until until
            && new Literal(until.terminator()).contains('\n')
            && framing == Framing.LINE;
    if (lineEnd) {
      throw new UsageException(
          "--expect until: has a line end in it, and under framing=line no message has one");
    }
    if (rawStream && acceptsNothing()) {
      throw new UsageException(
          "--expect accepts an empty reply, and on a raw stream nobody sees where that ends; say"
              + " what is always there, or none if nothing comes");
    }
  }

  private boolean acceptsNothing() {
    if (rule instanceof ReplyRule.Regex regex) {
      return regex.pattern().matcher("").lookingAt();
    }
    return (rule instanceof ReplyRule.Exact exact && exact.text().maxBytes() == 0)
        || (rule instanceof ReplyRule.Length length && length.bytes() == 0);
  }

  /** Replies may come in any order, so each must say which request it answers. */
  private void checkDatagramPipeline(int pipeline) {
    boolean carried = rule == null && messages != null && Verification.carriesPayload(conversation);
    boolean unclear =
        carried
            ? !NumberedTexts.tell(messages, true)
            : rule != null && !(rule instanceof ReplyRule.None) && !ruleTellsRequest();
    if (unclear) {
      throw new UsageException(
          "--pipeline "
              + pipeline
              + " over udp needs {n} in "
              + (carried ? "each message" : "--expect TEXT")
              + ", and no digit or placeholder right behind it, so that each reply says which request"
              + " it answers; leave it at 1");
    }
  }

  private boolean ruleTellsRequest() {
    return rule instanceof ReplyRule.Exact exact
        && NumberedTexts.tell(new Texts(List.of(exact.text())), true);
  }
}
