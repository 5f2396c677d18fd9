package io.sounder.client.load;

import io.sounder.client.load.verify.Verification;
import io.sounder.client.outcome.UsageException;
import io.sounder.protocol.endpoint.Conversation;
import io.sounder.protocol.endpoint.Scheme;
import io.sounder.protocol.endpoint.TargetSpec;
import io.sounder.protocol.endpoint.Units;
import io.sounder.protocol.framing.Framing;
import io.sounder.protocol.payload.Identity;
import io.sounder.protocol.reply.Ok;
import io.sounder.protocol.reply.ReplySpec;

/**
 * What a load test is to do. Times are in nanoseconds.
 *
 * @param requests how many at most; {@link #UNLIMITED} for as many as the duration lets through
 * @param payloadBytes the size of each message, without what framing adds
 * @param pipeline how many requests are in flight on a connection at once
 */
public record LoadPlan(
    TargetSpec target,
    int connections,
    long durationNanos,
    long requests,
    int payloadBytes,
    int pipeline,
    int threads,
    long warmUpNanos,
    long timeoutNanos) {
  public static final long UNLIMITED = 0;

  private static final int MAX_DATAGRAM_BYTES = 65_507;

  /**
   * Checks that the parts go together.
   *
   * @throws UsageException with one line for the user
   */
  public LoadPlan {
    if (threads > connections) {
      throw new UsageException(
          "--threads " + threads + " is more than --connections " + connections);
    }
    checkSize(target, payloadBytes);
    checkPipeline(target, payloadBytes, pipeline);
    if (target.conversation().closeAfter() == 0) {
      throw new UsageException(
          "close-after=0 leaves no request to answer, so there is nothing to load; "
              + "'sounder check' tries such a server");
    }
  }

  private static void checkSize(TargetSpec target, int payloadBytes) {
    Conversation conversation = target.conversation();
    String size = "--size " + Units.sizeText(payloadBytes);
    boolean framed = conversation.framing() != Framing.RAW;
    if (framed && payloadBytes > conversation.maxFrameBytes()) {
      throw new UsageException(
          size
              + " is above max-frame="
              + Units.sizeText(conversation.maxFrameBytes())
              + "; give the target a larger max-frame, and the server too");
    }
    if (target.endpoint().scheme() == Scheme.UDP) {
      int added =
          (conversation.framing().hasHeader() ? Framing.HEADER_BYTES : 0)
              + (conversation.framing() == Framing.LINE ? 1 : 0)
              + (conversation.reply().kind() == ReplySpec.Kind.OK ? Ok.PREFIX.length() : 0);
      if (payloadBytes > MAX_DATAGRAM_BYTES - added) {
        throw new UsageException(
            size + " does not fit a datagram; at most " + (MAX_DATAGRAM_BYTES - added) + "B does");
      }
    } else if (payloadBytes == 0 && !framed && !conversation.isTimeAtOnce(Scheme.TCP)) {
      throw new UsageException(size + " sends nothing on a raw stream; give at least 1B");
    }
  }

  private static void checkPipeline(TargetSpec target, int payloadBytes, int pipeline) {
    if (pipeline == 1) {
      return;
    }
    Conversation conversation = target.conversation();
    boolean udp = target.endpoint().scheme() == Scheme.UDP;
    boolean boundless = udp || conversation.framing() == Framing.RAW;
    if (!udp
        && conversation.framing() == Framing.RAW
        && conversation.closeAfter() != Conversation.NEVER) {
      throw new UsageException(
          "--pipeline "
              + pipeline
              + " does not go with close-after on a raw stream, where one read may take several"
              + " requests as one message; leave it at 1");
    }
    if (Verification.isSilent(conversation)) {
      return;
    }
    if (boundless && !Verification.carriesPayload(conversation)) {
      throw new UsageException(
          "--pipeline "
              + pipeline
              + " does not go with reply="
              + conversation.reply()
              + (udp ? " over udp" : " on a raw stream")
              + ", where nothing tells which request a reply answers; leave it at 1");
    }
    if (udp && payloadBytes < Identity.BYTES) {
      throw new UsageException(
          "--pipeline "
              + pipeline
              + " over udp needs --size "
              + Identity.BYTES
              + "B or more, so that each datagram says which request it is");
    }
  }

  /** Whether each connection is one reply without a request: RFC 868 over a stream. */
  boolean isTimeAtOnce() {
    return target.conversation().isTimeAtOnce(target.endpoint().scheme());
  }

  /** After how many replies the peer closes; {@link Conversation#NEVER} if it does not. */
  long closeAfter() {
    return isTimeAtOnce() ? 1 : target.conversation().closeAfter();
  }

  boolean isSilent() {
    return Verification.isSilent(target.conversation());
  }
}
