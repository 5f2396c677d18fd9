package io.sounder.client.load.verify;

import io.sounder.protocol.framing.Decoder;
import io.sounder.protocol.framing.Message;
import java.nio.ByteBuffer;

/**
 * Verifies replies on a stream of lines or of messages with a length. As long as all is well, bytes
 * are compared as they come, across frames, and nothing is kept; a frame with a wrong byte in it is
 * gathered whole and judged.
 */
public final class FramedVerifier implements StreamVerifier {
  private static final int FIRST_CAPACITY = 512;

  private final Expectation expectation; // null if only a judge can tell
  private final Decoder decoder;
  private final Judge judge;
  private final int connection;
  private final InFlight awaited;
  private final Replies replies;

  private final Message message = new Message();
  private int matched; // bytes of the current frame that have come and are right
  private ByteBuffer gathered; // null while comparing
  private boolean unusable;

  FramedVerifier(
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
      if (gathered == null && expectation != null && !awaited.isEmpty()) {
        compare(bytes);
      } else {
        gather(bytes);
      }
    }
  }

  @Override
  public boolean isInsideReply() {
    return matched > 0 || gathered != null;
  }

  private void compare(ByteBuffer bytes) {
    long sequence = awaited.oldest();
    matched += expectation.match(connection, sequence, matched, bytes);
    if (matched == expectation.length(connection, sequence)) {
      matched = 0;
      replies.onRight(sequence);
    } else if (bytes.hasRemaining()) {
      gathered = ByteBuffer.allocate(Math.max(FIRST_CAPACITY, matched));
      expectation.write(connection, sequence, 0, matched, gathered);
      matched = 0;
      gather(bytes);
    }
  }

  /** Keeps what has come until the frame is whole; what follows the frame is left in the buffer. */
  private void gather(ByteBuffer bytes) {
    if (gathered == null) {
      gathered = ByteBuffer.allocate(FIRST_CAPACITY);
    }
    gathered = Buffers.withRoomFor(gathered, bytes.remaining());
    gathered.put(bytes);
    gathered.flip();
    switch (decoder.decode(gathered, message)) {
      case MESSAGE -> {
        bytes.position(bytes.limit() - gathered.remaining());
        ByteBuffer frame = gathered;
        gathered = null;
        message.select(frame);
        judge.judge(frame, true);
      }
      case INCOMPLETE -> gathered.position(gathered.limit()).limit(gathered.capacity());
      default -> refuse();
    }
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
