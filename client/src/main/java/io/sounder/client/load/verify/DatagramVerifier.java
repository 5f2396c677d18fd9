package io.sounder.client.load.verify;

import io.sounder.protocol.framing.Decoder;
import io.sounder.protocol.framing.Decoder.Outcome;
import io.sounder.protocol.framing.Framing;
import io.sounder.protocol.framing.Message;
import java.nio.ByteBuffer;

/** Verifies replies that come as datagrams, in whatever order; one for each socket. */
public final class DatagramVerifier {
  private final Expectation expectation;
  private final Framing framing;
  private final Decoder decoder;
  private final Judge judge;
  private final int connection;
  private final InFlight awaited;
  private final Replies replies;
  private final Message message = new Message();

  /**
   * Prepares for a socket.
   *
   * @param expectation null if only the judge can tell
   */
  public DatagramVerifier(
      Expectation expectation,
      Framing framing,
      Decoder decoder,
      Judge judge,
      int connection,
      InFlight awaited,
      Replies replies) {
    this.expectation = expectation;
    this.framing = framing;
    this.decoder = decoder;
    this.judge = judge;
    this.connection = connection;
    this.awaited = awaited;
    this.replies = replies;
  }

  /** Takes one datagram; its position and limit are left undefined. */
  public void take(ByteBuffer datagram) {
    if (expectation != null && !awaited.isEmpty() && isOldestReply(datagram)) {
      replies.onRight(awaited.oldest());
      return;
    }
    int start = datagram.position();
    int end = datagram.limit();
    Outcome outcome = decoder.decodeDatagram(datagram, message);
    if (outcome == Outcome.MESSAGE) {
      message.select(datagram);
      judge.judge(datagram, true);
    } else {
      int headerBytes = framing.hasHeader() ? Math.min(Framing.HEADER_BYTES, end - start) : 0;
      judge.judge(datagram.limit(end).position(start + headerBytes), false);
    }
  }

  private boolean isOldestReply(ByteBuffer datagram) {
    long sequence = awaited.oldest();
    int start = datagram.position();
    int length = datagram.remaining();
    boolean same =
        length == expectation.length(connection, sequence)
            && expectation.match(connection, sequence, 0, datagram) == length;
    datagram.position(start);
    return same;
  }
}
