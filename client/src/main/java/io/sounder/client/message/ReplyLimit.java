package io.sounder.client.message;

import io.sounder.protocol.endpoint.Conversation;
import io.sounder.protocol.reply.Ok;
import io.sounder.protocol.reply.ReplySpec;

/** How long a reply may be, which is longer than a request by what the reply adds to it. */
public final class ReplyLimit {
  /** For replies and greetings that do not depend on the request's size. */
  private static final int FIXED_TEXT_BYTES = 64 << 10;

  private static final int MAX_BYTES = Integer.MAX_VALUE - 64;

  private ReplyLimit() {}

  /** The longest message that a decoder of replies should let through, in bytes. */
  public static int maxReplyBytes(Conversation conversation) {
    long request = conversation.maxFrameBytes();
    long reply =
        switch (conversation.reply().kind()) {
          case ECHO, DISCARD -> request;
          case OK -> request + Ok.PREFIX.length();
          case COUNT, WHOAMI, TIME, TEXT -> Math.max(request, FIXED_TEXT_BYTES);
          case REPLACE -> replaced(request, conversation.reply());
        };
    long longest = conversation.greetings().isEmpty() ? reply : Math.max(reply, FIXED_TEXT_BYTES);
    return (int) Math.min(MAX_BYTES, longest);
  }

  private static long replaced(long request, ReplySpec reply) {
    long from = reply.text().constant().orElseThrow().length;
    long to = reply.replacement().constant().orElseThrow().length;
    return Math.max(request, request / from * to + request % from);
  }
}
