package io.sounder.client.check;

import io.sounder.client.message.ExpectedReplies;
import io.sounder.client.message.ReplyLedger;
import io.sounder.client.net.Deadline;
import io.sounder.client.net.MessageLink;
import io.sounder.client.net.NanoClock;
import io.sounder.client.outcome.ClientFailure;
import io.sounder.client.outcome.ErrorClass;
import io.sounder.protocol.endpoint.TargetSpec;
import io.sounder.protocol.endpoint.Units;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** One message there and back; what comes back is verified if the target says what it should be. */
final class RoundTrip {
  private static final long WAIT_NANOS = 2_000_000_000L;
  private static final byte[] MESSAGE = "sounder check".getBytes(StandardCharsets.US_ASCII);

  private final TargetSpec target;
  private final MessageLink link;
  private final NanoClock clock;
  private final ReplyLedger ledger;
  private int receivedBytes;
  private long nanos;

  RoundTrip(TargetSpec target, MessageLink link, NanoClock clock) {
    this.target = target;
    this.link = link;
    this.clock = clock;
    this.ledger = new ReplyLedger(target);
  }

  /**
   * Makes it.
   *
   * @throws ClientFailure if no reply came, or a wrong one
   */
  void make() {
    ledger.onSending(MESSAGE);
    long start = clock.nanoTime();
    if (!speaksFirst()) {
      link.send(ByteBuffer.wrap(MESSAGE));
    }
    if (!isSilent()) {
      receive();
    }
    nanos = clock.nanoTime() - start;
  }

  private boolean speaksFirst() {
    return target.conversation().isTimeAtOnce(target.endpoint().scheme());
  }

  private boolean isSilent() {
    return new ExpectedReplies(target).areSilent();
  }

  /** How long it took, until all of the reply was back. */
  long nanos() {
    return nanos;
  }

  /** How it went, in words. */
  String outcome() {
    String sent = "sent " + MESSAGE.length + " bytes, ";
    if (isSilent()) {
      return sent + "and nothing comes back with reply=discard";
    }
    return (speaksFirst() ? "" : sent)
        + "received "
        + receivedBytes
        + (target.conversation().replyGiven() ? ", as they should be" : "");
  }

  private void receive() {
    boolean verifies = target.conversation().replyGiven();
    Deadline deadline = Deadline.after(clock, WAIT_NANOS);
    do {
      switch (link.receive(deadline)) {
        case MESSAGE -> {
          receivedBytes += link.message().remaining();
          if (verifies) {
            ledger.onReceived(link.message());
          }
        }
        case END ->
            throw noReply(
                ErrorClass.CLOSED_EARLY, "the peer closed before all of the reply had come");
        case NOTHING -> throw noReply(ErrorClass.REPLY_TIMEOUT, nothingCame());
      }
    } while (verifies && ledger.due() > 0);
  }

  private String nothingCame() {
    String waited = "nothing came for " + Units.durationText(WAIT_NANOS);
    return target.endpoint().scheme().isStream()
        ? waited + "; connected, but whoever is there does not answer"
        : waited + " and nobody refused: dropped on the way, or there is no answer to this";
  }

  private ClientFailure noReply(ErrorClass errorClass, String why) {
    return new ClientFailure(
        errorClass, "no reply from " + target.endpoint() + ": " + errorClass.text() + ": " + why);
  }
}
