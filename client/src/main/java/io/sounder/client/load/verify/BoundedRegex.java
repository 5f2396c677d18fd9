package io.sounder.client.load.verify;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A regular expression over bytes, each of them one character (ISO 8859-1), with a bound on the
 * effort: an expression that backtracks without end must not stop the event loop. Belongs to one
 * thread.
 */
final class BoundedRegex {
  /** What a look at a reply found. */
  enum Found {
    /** It matches, and nothing behind it could change that. */
    MATCH,
    /** It matches as far as it goes, or may do so yet: more bytes will tell. */
    OPEN,
    NO_MATCH,
    TOO_HARD
  }

  /**
   * How many characters are looked at for one reply, again and again included: some 50 ms. A reply
   * of 64 KiB that comes in packets takes a third.
   */
  private static final int MAX_STEPS = 10_000_000;

  private static final class TooHard extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TooHard() {
      super(null, null, false, false);
    }
  }

  private static final class Window implements CharSequence {
    private byte[] bytes = {};
    private int stepsLeft;

    @Override
    public char charAt(int index) {
      if (--stepsLeft < 0) {
        throw new TooHard();
      }
      return (char) (bytes[index] & 0xFF);
    }

    @Override
    public int length() {
      return bytes.length;
    }

    @Override
    public CharSequence subSequence(int start, int end) {
      throw new UnsupportedOperationException("nobody asks for what a group matched");
    }
  }

  private final Window window = new Window();
  private final Matcher matcher;
  private int matched; // bytes that the last look matched, -1 for none

  BoundedRegex(Pattern pattern) {
    matcher = pattern.matcher(window);
  }

  /** A reply begins: the effort for it is counted from here. */
  void begin() {
    window.stepsLeft = MAX_STEPS;
  }

  /** Looks whether a reply begins at {@code start}; {@link #matched} then says how long it is. */
  Found findReply(byte[] bytes, int start, int end) {
    return look(bytes, start, end, false);
  }

  /** Looks whether the bytes are, all together, one reply. */
  Found matchWhole(byte[] bytes, int start, int end) {
    return look(bytes, start, end, true);
  }

  private Found look(byte[] bytes, int start, int end, boolean whole) {
    window.bytes = bytes;
    matched = -1;
    matcher.reset().region(start, end);
    try {
      boolean matches = whole ? matcher.matches() : matcher.lookingAt();
      matched = matches ? matcher.end() - start : -1;
      if (matches && (whole || !matcher.hitEnd())) {
        return Found.MATCH;
      }
      return matcher.hitEnd() ? Found.OPEN : Found.NO_MATCH;
    } catch (TooHard | StackOverflowError e) {
      return Found.TOO_HARD;
    }
  }

  /** How many bytes the last look matched, be it open; -1 for none. */
  int matched() {
    return matched;
  }
}
