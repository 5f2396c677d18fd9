package io.sounder.protocol.reply;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Recognises what a template became on the wire, byte by byte as it arrives. The number is known
 * and must be right; any other placeholder matches up to the next literal (nothing, if the literal
 * comes at once: a Unix socket has no port), and one at the very end at least a byte, and whatever
 * is there when the caller says that no more belongs to it.
 */
public final class TemplateMatcher {
  /** How far the bytes so far have come. */
  public enum State {
    /** All right so far, and more must come. */
    PARTIAL,
    /** All right, and complete; a placeholder at the end may still take more. */
    COMPLETE,
    MISMATCH
  }

  /** In place of a number that the receiver cannot know, such as that of a UDP listener's reply. */
  public static final long ANY_NUMBER = -1;

  /** Literal bytes, or null for a stretch that is not known; no two of a kind in a row. */
  private final List<byte[]> steps = new ArrayList<>();

  private int step;
  private int matched; // bytes of the current literal; or 1 once an unknown stretch has begun
  private boolean failed;

  /**
   * Prepares for one rendering of a template.
   *
   * @param number what {@link Placeholder#NUMBER} must be; {@link #ANY_NUMBER} to match it as any
   *     other placeholder
   */
  public TemplateMatcher(Template template, long number) {
    for (Template.Part part : template.parts()) {
      if (part.literal() != null) {
        addLiteral(part.literal());
      } else if (part.placeholder() == Placeholder.NUMBER && number != ANY_NUMBER) {
        addLiteral(Long.toString(number).getBytes(StandardCharsets.US_ASCII));
      } else if (steps.isEmpty() || steps.get(steps.size() - 1) != null) {
        steps.add(null);
      }
    }
  }

  private void addLiteral(byte[] literal) {
    int last = steps.size() - 1;
    if (last >= 0 && steps.get(last) != null) {
      byte[] joined = new byte[steps.get(last).length + literal.length];
      System.arraycopy(steps.get(last), 0, joined, 0, steps.get(last).length);
      System.arraycopy(literal, 0, joined, steps.get(last).length, literal.length);
      steps.set(last, joined);
    } else {
      steps.add(literal);
    }
  }

  /**
   * Takes the bytes that belong to the template, and leaves the rest; a placeholder at the end
   * takes all there is.
   *
   * @return the state after these bytes; once it is {@link State#MISMATCH} it stays
   */
  public State take(ByteBuffer bytes) {
    while (!failed && bytes.hasRemaining() && step < steps.size()) {
      boolean last = step == steps.size() - 1;
      if (steps.get(step) != null) {
        takeLiteral(bytes.get());
      } else if (last) {
        bytes.position(bytes.limit());
        matched = 1;
      } else {
        step++; // the literal behind it is looked for from here on
      }
    }
    return state();
  }

  public State state() {
    if (failed) {
      return State.MISMATCH;
    }
    boolean inLastUnknown = step == steps.size() - 1 && steps.get(step) == null && matched > 0;
    return step == steps.size() || inLastUnknown ? State.COMPLETE : State.PARTIAL;
  }

  private void takeLiteral(byte b) {
    byte[] literal = steps.get(step);
    if (literal[matched] == b) {
      matched++;
      if (matched == literal.length) {
        step++;
        matched = 0;
      }
      return;
    }
    boolean mayBelongToUnknown = step > 0 && steps.get(step - 1) == null;
    if (!mayBelongToUnknown) {
      failed = true;
      return;
    }
    // The unknown stretch goes on; the literal may have begun inside what was seen.
    matched = fallBack(literal, matched, b);
  }

  /**
   * The longest prefix of the literal that ends what was seen: {@code matched} bytes of it and then
   * {@code b}.
   */
  private static int fallBack(byte[] literal, int matched, byte b) {
    for (int length = matched; length > 0; length--) {
      boolean fits = literal[length - 1] == b;
      for (int i = 0; fits && i < length - 1; i++) {
        fits = literal[i] == literal[matched - (length - 1) + i];
      }
      if (fits) {
        return length;
      }
    }
    return 0;
  }
}
