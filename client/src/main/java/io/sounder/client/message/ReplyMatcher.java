package io.sounder.client.message;

import java.nio.ByteBuffer;

/** Compares one reply, as it comes, with what it should be. */
public interface ReplyMatcher {
  /** How far the bytes so far have come. */
  enum State {
    /** All right so far, and more must come. */
    PARTIAL,
    /** All right, and complete. */
    COMPLETE,
    MISMATCH
  }

  /** Takes the bytes that belong to the reply, and leaves what is behind it. */
  State take(ByteBuffer bytes);

  /** What should come, in words fit to be shown. */
  String expected();
}
