package io.sounder.server.count;

import java.util.concurrent.atomic.AtomicLong;

/**
 * What one thread has done, written by it alone and read by anyone. Starts at zero and only grows.
 */
public final class Tally {
  private final AtomicLong messages = new AtomicLong();
  private final AtomicLong replies = new AtomicLong();
  private final AtomicLong bytesReceived = new AtomicLong();
  private final AtomicLong bytesSent = new AtomicLong();

  /** Its own thread: adds what a turn has done. */
  public void add(long moreMessages, long moreReplies, long moreBytesReceived, long moreBytesSent) {
    add(messages, moreMessages);
    add(replies, moreReplies);
    add(bytesReceived, moreBytesReceived);
    add(bytesSent, moreBytesSent);
  }

  private static void add(AtomicLong sum, long more) {
    if (more != 0) {
      sum.setRelease(sum.getPlain() + more); // the only writer: no atomic addition needed
    }
  }

  public long messages() {
    return messages.get();
  }

  public long replies() {
    return replies.get();
  }

  public long bytesReceived() {
    return bytesReceived.get();
  }

  public long bytesSent() {
    return bytesSent.get();
  }
}
