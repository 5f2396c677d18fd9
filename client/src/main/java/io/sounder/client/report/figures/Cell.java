package io.sounder.client.report.figures;

import io.sounder.client.report.Quantities;
import io.sounder.protocol.text.Escapes;
import java.util.Locale;

/**
 * One figure.
 *
 * @param text for people, on one line, fit to be shown
 * @param note what is said beside it, such as how it differs from the first run's; may be empty
 * @param exact as the document has it; empty if this is no number of the document's
 * @param unit of {@code exact}: {@code ns}, {@code /s} or nothing
 * @param pointer where the document has it, as a JSON pointer; empty if nowhere
 */
public record Cell(String text, String note, String exact, String unit, String pointer, Tone tone) {
  /** How good the news is. */
  public enum Tone {
    PLAIN,
    GOOD,
    BAD,
    MUTED
  }

  /** Nothing to say. */
  public static final Cell NONE = new Cell("–", "", "", "", "", Tone.MUTED);

  /** Foreign text; what could steer a terminal is escaped. */
  public static Cell text(String text) {
    return text.isEmpty() ? NONE : new Cell(Escapes.oneLine(text), "", "", "", "", Tone.PLAIN);
  }

  /** A whole number. */
  public static Cell count(long value, String pointer) {
    String text = Quantities.count(value);
    return new Cell(text, "", Long.toString(value), "", pointer, Tone.PLAIN);
  }

  /** A whole number that should be 0. */
  public static Cell trouble(long value, String pointer) {
    return count(value, pointer).in(value == 0 ? Tone.MUTED : Tone.BAD);
  }

  /** A duration; null if there is none. */
  public static Cell duration(Long nanos, String pointer) {
    return nanos == null
        ? NONE
        : new Cell(Quantities.duration(nanos), "", Long.toString(nanos), "ns", pointer, Tone.PLAIN);
  }

  /** A number per second; null if there is none. */
  public static Cell rate(Double perSecond, String pointer) {
    return perSecond == null
        ? NONE
        : new Cell(Quantities.rate(perSecond), "", number(perSecond), "/s", pointer, Tone.PLAIN);
  }

  /** A number with two decimals and a word behind it. */
  public static Cell decimal(Double value, String word, String pointer) {
    return value == null
        ? NONE
        : new Cell(
            String.format(Locale.ROOT, "%.2f %s", value, word),
            "",
            number(value),
            "",
            pointer,
            Tone.PLAIN);
  }

  private static String number(double value) {
    boolean whole = value == Math.rint(value) && Math.abs(value) < 1e15;
    return whole ? Long.toString((long) value) : Double.toString(value);
  }

  public Cell in(Tone newTone) {
    return new Cell(text, note, exact, unit, pointer, newTone);
  }

  /** The same figure in other words. */
  public Cell saying(String newText) {
    return new Cell(newText, note, exact, unit, pointer, tone);
  }

  public Cell noting(String newNote) {
    return new Cell(text, newNote, exact, unit, pointer, tone);
  }

  /** Notes how much more or less it is than another run's; nothing where that makes no sense. */
  public Cell comparedWith(Cell first) {
    if (exact.isEmpty() || first.exact.isEmpty()) {
      return this;
    }
    double before = Double.parseDouble(first.exact);
    return before == 0 ? this : noting(change(Double.parseDouble(exact) / before - 1));
  }

  /** A relative change: {@code +20.8 %}; above tenfold {@code ×17}. */
  public static String change(double ratio) {
    if (!Double.isFinite(ratio)) {
      return "–";
    }
    if (ratio >= 9) {
      return String.format(Locale.ROOT, "×%,.0f", ratio + 1);
    }
    double percent = ratio * 100;
    if (Math.abs(percent) < 0.05) {
      return "±0.0 %";
    }
    return String.format(Locale.ROOT, Math.abs(percent) < 99.95 ? "%+.1f %%" : "%+.0f %%", percent);
  }
}
