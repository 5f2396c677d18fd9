package io.sounder.client.load.verify;

import io.sounder.protocol.reply.Ok;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Verifies {@code OK...} replies on a stream without frames. A server puts the prefix before
 * whatever one of its reads gave, so it may stand anywhere: each is taken out, and the payloads,
 * which never contain a capital, must be left. It has to stand before the first reply, and, with
 * one request in flight, before every one; and there must be a payload behind it.
 */
public final class OkStreamVerifier implements StreamVerifier {
  private static final byte[] PREFIX = Ok.PREFIX.getBytes(StandardCharsets.US_ASCII);

  private final RawVerifier payloads;
  private final InFlight awaited;
  private final Replies replies;
  private final boolean oneInFlight;

  private int prefixTaken; // bytes of a prefix that has begun
  private boolean prefixed; // whether what comes now has had its prefix
  private boolean bare; // a prefix has come, and nothing behind it yet
  private boolean unusable;

  /**
   * Prepares for a connection.
   *
   * @param payloads verifies what is left
   * @param oneInFlight whether each reply has its own prefix
   */
  public OkStreamVerifier(
      RawVerifier payloads, InFlight awaited, Replies replies, boolean oneInFlight) {
    this.payloads = payloads;
    this.awaited = awaited;
    this.replies = replies;
    this.oneInFlight = oneInFlight;
  }

  @Override
  public void take(ByteBuffer bytes) {
    while (bytes.hasRemaining() && !unusable) {
      if (prefixTaken > 0 || bytes.get(bytes.position()) == PREFIX[0]) {
        takePrefix(bytes);
      } else if (prefixed) {
        takePayload(bytes);
      } else {
        wrongPrefix();
      }
    }
  }

  @Override
  public boolean isInsideReply() {
    return prefixTaken > 0 || bare || payloads.isInsideReply();
  }

  @Override
  public void finish() {
    payloads.finish();
  }

  private void takePrefix(ByteBuffer bytes) {
    boolean answersNothing = awaited.isEmpty() && !mayRepeatReply(bytes);
    if (prefixTaken == 0 && (bare || answersNothing)) {
      unusable = true;
      replies.onStray(Wrong.EXTRA);
      replies.onUnusable();
    } else if (bytes.get() != PREFIX[prefixTaken]) {
      wrongPrefix();
    } else if (++prefixTaken == PREFIX.length) {
      prefixTaken = 0;
      prefixed = true;
      bare = true;
    }
  }

  /** Whether more than a prefix has come: the payload behind it shows what it repeats. */
  private static boolean mayRepeatReply(ByteBuffer bytes) {
    return bytes.remaining() > PREFIX.length
        && bytes.get(bytes.position() + PREFIX.length) != PREFIX[0];
  }

  private void takePayload(ByteBuffer bytes) {
    bare = false;
    int end = bytes.limit();
    int upTo = bytes.position();
    while (upTo < end && bytes.get(upTo) != PREFIX[0]) {
      upTo++;
    }
    payloads.take(bytes.limit(upTo));
    unusable = payloads.isUnusable();
    bytes.limit(end);
    prefixed = !oneInFlight || payloads.isInsideReply();
  }

  private void wrongPrefix() {
    unusable = true;
    if (awaited.isEmpty()) {
      replies.onStray(Wrong.EXTRA);
    } else {
      replies.onWrong(awaited.oldest(), Wrong.WRONG_PREFIX);
    }
    replies.onUnusable();
  }
}
