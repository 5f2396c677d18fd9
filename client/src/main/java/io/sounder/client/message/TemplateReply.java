package io.sounder.client.message;

import io.sounder.protocol.reply.Template;
import io.sounder.protocol.reply.TemplateMatcher;
import java.nio.ByteBuffer;

/** A fixed text with placeholders. */
final class TemplateReply implements ReplyMatcher {
  private final Template template;
  private final TemplateMatcher matcher;

  TemplateReply(Template template, long number) {
    this.template = template;
    this.matcher = new TemplateMatcher(template, number);
  }

  @Override
  public State take(ByteBuffer bytes) {
    return switch (matcher.take(bytes)) {
      case PARTIAL -> State.PARTIAL;
      case COMPLETE -> State.COMPLETE;
      case MISMATCH -> State.MISMATCH;
    };
  }

  @Override
  public String expected() {
    return "'" + template + "'";
  }
}
