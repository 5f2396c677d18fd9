package io.sounder.client.load.verify;

import io.sounder.protocol.framing.Decoder;
import io.sounder.protocol.framing.Message;
import java.nio.ByteBuffer;

/**
 * Verifies replies on a stream of lines or of messages with a length. As long as all is well, bytes
 * are compared as they come, across frames, and nothing is kept; a frame with a wrong byte in it is
 * judged where it lies, or, if it came in pieces, once it is gathered whole.
 */
public final class FramedVerifier implements StreamVerifier {
  private final Expectation expectation;
  private final Decoder decoder;
  private final Judge judge;
  private final int connection;
  private final InFlight awaited;
  private final Replies replies;

  private final Message message = new Message();
  private int matched; // bytes of the current frame that have come and are right
  private ByteBuffer unfinished = ByteBuffer.allocate(0); // a frame up to its position; grows only
  private boolean unusable;

  /**
   * Prepares for a connection.
   *
   * @param expectation null if only the judge can tell
   */
  public FramedVerifier(
      Expectation expectation,
      Decoder decoder,
      Judge judge,
      int connection,
      InFlight awaited,
      Replies replies) {
    this.expectation = expectation;
    this.decoder = decoder;
    this.judge = judge;
    this.connection = connection;
    this.awaited = awaited;
    this.replies = replies;
  }

  @Override
  public void take(ByteBuffer bytes) {
    while (bytes.hasRemaining() && !unusable) {
      if (isGathering()) {
        gather(bytes);
      } else if (expectation != null && !awaited.isEmpty()) {
        compare(bytes);
      } else {
        decode(bytes);
      }
    }
  }

  @Override
  public boolean isInsideReply() {
    return matched > 0 || isGathering();
  }

  private boolean isGathering() {
    return unfinished.position() > 0;
  }

  private void compare(ByteBuffer bytes) {
    long sequence = awaited.oldest();
    int start = bytes.position();
    int matchedBefore = matched;
    matched += expectation.match(connection, sequence, matched, bytes);
    if (matched == expectation.length(connection, sequence)) {
      matched = 0;
      replies.onRight(sequence);
    } else if (bytes.hasRemaining()) {
      matched = 0;
      bytes.position(start);
      judgeInstead(sequence, matchedBefore, bytes);
    }
  }

  /** A byte is wrong: takes the frame again from its first byte, which may have come earlier. */
  private void judgeInstead(long sequence, int cameBefore, ByteBuffer bytes) {
    if (cameBefore == 0) {
      decode(bytes);
      return;
    }
    unfinished = Buffers.withRoomFor(unfinished, cameBefore);
    expectation.write(connection, sequence, 0, cameBefore, unfinished);
    gather(bytes);
  }

  /** Judges one frame where it lies, and keeps it only if it is not whole. */
  private void decode(ByteBuffer bytes) {
    switch (decoder.decode(bytes, message)) {
      case MESSAGE -> judge(bytes);
      case INCOMPLETE -> keep(bytes);
      default -> refuse();
    }
  }

  /** Goes on with a frame that came in pieces; what follows it is left in the buffer. */
  private void gather(ByteBuffer bytes) {
    keep(bytes);
    ByteBuffer frame = unfinished.duplicate().flip();
    switch (decoder.decode(frame, message)) {
      case MESSAGE -> {
        bytes.position(bytes.limit() - frame.remaining());
        unfinished.clear();
        judge(frame);
      }
      case INCOMPLETE -> {} // it is kept
      default -> refuse();
    }
  }

  private void keep(ByteBuffer bytes) {
    unfinished = Buffers.withRoomFor(unfinished, bytes.remaining());
    unfinished.put(bytes);
  }

  /** Judges the message found in a buffer, and leaves the buffer's position and limit alone. */
  private void judge(ByteBuffer bytes) {
    int behind = bytes.position();
    int end = bytes.limit();
    message.select(bytes);
    judge.judge(bytes, true);
    bytes.limit(end).position(behind);
  }

  private void refuse() {
    unusable = true;
    if (awaited.isEmpty()) {
      replies.onStray(Wrong.UNREADABLE);
    } else {
      replies.onWrong(awaited.oldest(), Wrong.UNREADABLE);
    }
    replies.onUnusable();
  }
}
