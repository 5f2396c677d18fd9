package io.sounder.client.load.verify;

import java.nio.ByteBuffer;

/**
 * Judges a whole message: which request it answers, and whether it does so rightly. What it finds
 * it tells the connection's {@link Replies}.
 */
public interface Judge {
  /**
   * Judges.
   *
   * @param message from position to limit, without header or terminator; both are left as they are
   * @param wellFramed whether the frame around it was what it should be
   */
  void judge(ByteBuffer message, boolean wellFramed);
}
