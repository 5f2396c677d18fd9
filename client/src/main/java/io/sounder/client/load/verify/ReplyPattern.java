package io.sounder.client.load.verify;

import io.sounder.protocol.reply.Rfc868Time;
import io.sounder.protocol.reply.Template;
import io.sounder.protocol.reply.TemplateMatcher;
import io.sounder.protocol.reply.TemplateMatcher.State;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * What is known of replies whose every byte is not: a text with placeholders, a time, a length, or
 * how they end. Belongs to one connection, and follows one reply at a time.
 */
public abstract sealed class ReplyPattern {
  /** Begins with a reply, which has this number on its connection. */
  abstract void begin(long number);

  /** Takes what belongs to the reply, and says how far it has come. */
  abstract State take(ByteBuffer bytes);

  /**
   * A text.
   *
   * @param numbersKnown whether the peer counts by connection, so that its number must be right
   */
  public static ReplyPattern text(Template template, boolean numbersKnown) {
    return new Text(template, numbersKnown);
  }

  /**
   * The line of JSON that says who asked whom.
   *
   * @param endsItsLine whether it brings its own line end
   */
  public static ReplyPattern whoami(boolean endsItsLine) {
    String line =
        "{\"peer\":\"{peer}\",\"local\":\"{local}\",\"listener\":\"{host}\",\"host\":\"{host}\"}";
    return new Text(
        Template.compile(
            endsItsLine ? line + "\n" : line, text -> text.getBytes(StandardCharsets.UTF_8)),
        false);
  }

  /** So many bytes, whichever. */
  public static ReplyPattern ofLength(int bytes) {
    return new Length(bytes);
  }

  /** Everything up to these bytes, and with them. */
  public static ReplyPattern endingIn(byte[] terminator) {
    return new Ending(terminator);
  }

  /** RFC 868: four bytes, and a moment in this century. */
  public static ReplyPattern time() {
    return new Time();
  }

  private static final class Text extends ReplyPattern {
    private final Template template;
    private final boolean numbersKnown;
    private TemplateMatcher matcher;

    Text(Template template, boolean numbersKnown) {
      this.template = template;
      this.numbersKnown = numbersKnown;
    }

    @Override
    void begin(long number) {
      matcher = new TemplateMatcher(template, numbersKnown ? number : TemplateMatcher.ANY_NUMBER);
    }

    @Override
    State take(ByteBuffer bytes) {
      return matcher.take(bytes);
    }
  }

  private static final class Time extends ReplyPattern {
    private static final long START_OF_2000 = 946_684_800L;
    private static final long START_OF_2100 = 4_102_444_800L;

    private int value;
    private int taken;

    @Override
    void begin(long number) {
      value = 0;
      taken = 0;
    }

    @Override
    State take(ByteBuffer bytes) {
      while (taken < Rfc868Time.SIZE && bytes.hasRemaining()) {
        value = value << 8 | (bytes.get() & 0xff);
        taken++;
      }
      if (taken < Rfc868Time.SIZE) {
        return State.PARTIAL;
      }
      long moment = Rfc868Time.toEpochSecond(value);
      return moment >= START_OF_2000 && moment < START_OF_2100 ? State.COMPLETE : State.MISMATCH;
    }
  }

  private static final class Length extends ReplyPattern {
    private final int length;
    private int left;

    Length(int length) {
      this.length = length;
    }

    @Override
    void begin(long number) {
      left = length;
    }

    @Override
    State take(ByteBuffer bytes) {
      int taken = Math.min(left, bytes.remaining());
      bytes.position(bytes.position() + taken);
      left -= taken;
      return left == 0 ? State.COMPLETE : State.PARTIAL;
    }
  }

  private static final class Ending extends ReplyPattern {
    private final byte[] terminator;

    /** By how many bytes matched: how many still do if the next is wrong (Knuth, Morris, Pratt). */
    private final int[] fallBack;

    private int matched;

    Ending(byte[] terminator) {
      this.terminator = terminator.clone();
      this.fallBack = new int[terminator.length];
      int length = 0;
      for (int i = 1; i < terminator.length; i++) {
        length = matchedWith(length, terminator[i]);
        fallBack[i] = length;
      }
    }

    @Override
    void begin(long number) {
      matched = 0;
    }

    @Override
    State take(ByteBuffer bytes) {
      while (matched < terminator.length && bytes.hasRemaining()) {
        matched = matchedWith(matched, bytes.get());
      }
      return matched == terminator.length ? State.COMPLETE : State.PARTIAL;
    }

    private int matchedWith(int before, byte b) {
      int length = before;
      while (length > 0 && terminator[length] != b) {
        length = fallBack[length - 1];
      }
      return terminator[length] == b ? length + 1 : length;
    }
  }
}
