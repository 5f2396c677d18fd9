package io.sounder.client.load.verify;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.regex.Pattern;

/**
 * Verifies replies that must match a regular expression, on a stream without frames: a reply ends
 * where its match does, once nothing behind it could change that. What follows a wrong one cannot
 * be told apart, so it is the last.
 */
public final class RegexStreamVerifier implements StreamVerifier {
  private static final int FIRST_CAPACITY = 512;

  private final BoundedRegex regex;
  private final int maxBytes;
  private final InFlight awaited;
  private final Replies replies;

  private byte[] unread = new byte[FIRST_CAPACITY]; // up to size; begins with a reply
  private int size;
  private boolean unusable;

  /**
   * Prepares for a connection.
   *
   * @param maxBytes the most that a reply may have
   */
  public RegexStreamVerifier(Pattern pattern, int maxBytes, InFlight awaited, Replies replies) {
    this.regex = new BoundedRegex(pattern);
    this.maxBytes = maxBytes;
    this.awaited = awaited;
    this.replies = replies;
    regex.begin();
  }

  @Override
  public void take(ByteBuffer bytes) {
    while (bytes.hasRemaining() && !unusable) {
      int taken = Math.min(bytes.remaining(), maxBytes + 1 - size);
      if (unread.length - size < taken) {
        unread = Arrays.copyOf(unread, Math.max(size + taken, 2 * unread.length));
      }
      bytes.get(unread, size, taken);
      size += taken;
      judgeAll();
    }
  }

  @Override
  public boolean isInsideReply() {
    return size > 0;
  }

  @Override
  public void finish() {
    boolean complete = size > 0 && !unusable && regex.matched() == size;
    if (complete && !awaited.isEmpty()) {
      size = 0;
      replies.onRight(awaited.oldest());
    }
  }

  private void judgeAll() {
    int start = 0;
    boolean open = false;
    while (start < size && !open && !unusable) {
      if (awaited.isEmpty()) {
        becomeUnusable(Wrong.EXTRA);
        return;
      }
      switch (regex.findReply(unread, start, size)) {
        case MATCH -> {
          start += regex.matched();
          regex.begin();
          replies.onRight(awaited.oldest());
        }
        case OPEN -> open = true;
        case NO_MATCH -> becomeUnusable(Wrong.CORRUPT);
        case TOO_HARD -> becomeUnusable(Wrong.UNREADABLE);
      }
    }
    System.arraycopy(unread, start, unread, 0, size - start);
    size -= start;
    if (size > maxBytes && !unusable) {
      becomeUnusable(Wrong.UNREADABLE);
    }
  }

  private void becomeUnusable(Wrong wrong) {
    unusable = true;
    if (awaited.isEmpty()) {
      replies.onStray(wrong);
    } else {
      replies.onWrong(awaited.oldest(), wrong);
    }
    replies.onUnusable();
  }
}
