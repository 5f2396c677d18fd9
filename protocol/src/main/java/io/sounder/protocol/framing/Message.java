package io.sounder.protocol.framing;

import java.nio.ByteBuffer;

/**
 * Where in a buffer a decoder found a message: absolute indexes. One object serves for all messages
 * of a thread.
 */
public final class Message {
  private int start;
  private int end;
  private int frameEnd;

  void set(int newStart, int newEnd, int newFrameEnd) {
    start = newStart;
    end = newEnd;
    frameEnd = newFrameEnd;
  }

  /** The first byte of the message itself, after a header. */
  public int start() {
    return start;
  }

  /** The end of the message itself, before a terminator. */
  public int end() {
    return end;
  }

  /** The end of the whole frame: the terminator of a line lies between {@link #end} and here. */
  public int frameEnd() {
    return frameEnd;
  }

  /** The size of the message itself, in bytes. */
  public int length() {
    return end - start;
  }

  /** Lays the buffer's position and limit around the message itself. */
  public void select(ByteBuffer bytes) {
    bytes.limit(end).position(start);
  }
}
