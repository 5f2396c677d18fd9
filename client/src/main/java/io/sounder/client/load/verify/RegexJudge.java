package io.sounder.client.load.verify;

import java.nio.ByteBuffer;
import java.util.regex.Pattern;

/** Judges replies that must match a regular expression: the oldest awaited request takes each. */
public final class RegexJudge implements Judge {
  private final BoundedRegex regex;
  private final InFlight awaited;
  private final Replies replies;

  public RegexJudge(Pattern pattern, InFlight awaited, Replies replies) {
    this.regex = new BoundedRegex(pattern);
    this.awaited = awaited;
    this.replies = replies;
  }

  @Override
  public void judge(ByteBuffer message, boolean wellFramed) {
    if (awaited.isEmpty()) {
      replies.onStray(Wrong.EXTRA);
      return;
    }
    byte[] bytes = new byte[message.remaining()];
    message.get(message.position(), bytes);
    Wrong wrong = wellFramed ? name(bytes) : Wrong.UNREADABLE;
    if (wrong == null) {
      replies.onRight(awaited.oldest());
    } else {
      replies.onWrong(awaited.oldest(), wrong);
    }
  }

  /** What is wrong with a message, or null. */
  private Wrong name(byte[] bytes) {
    regex.begin();
    return switch (regex.matchWhole(bytes, 0, bytes.length)) {
      case MATCH -> null;
      case OPEN -> Wrong.TRUNCATED;
      case TOO_HARD -> Wrong.UNREADABLE;
      case NO_MATCH -> nameMismatch(bytes);
    };
  }

  private Wrong nameMismatch(byte[] bytes) {
    return switch (regex.findReply(bytes, 0, bytes.length)) {
      case MATCH, OPEN -> Wrong.EXTRA;
      case NO_MATCH -> Wrong.CORRUPT;
      case TOO_HARD -> Wrong.UNREADABLE;
    };
  }
}
