package io.sounder.protocol.text;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Finds what somebody meant who misspelled it. */
public final class Spelling {
  private static final int LEAST_DISTANCE_TOLERATED = 2;

  private Spelling() {}

  /**
   * The known word that is nearest, if it is near enough to have been meant: a third of its letters
   * may be wrong, missing, superfluous or swapped, and two of a short one.
   */
  public static Optional<String> nearest(String word, Collection<String> known) {
    return known.stream()
        .min(Comparator.comparingInt(each -> distance(word, each)))
        .filter(each -> distance(word, each) <= tolerated(each));
  }

  /**
   * The same as a question to put behind a message, with a blank before it: {@code (did you mean
   * framing?)}; empty where nothing is near enough.
   */
  public static String question(String word, Collection<String> known) {
    return nearest(word, known).map(each -> " (did you mean " + each + "?)").orElse("");
  }

  private static int tolerated(String known) {
    return Math.min(known.length() - 1, Math.max(LEAST_DISTANCE_TOLERATED, known.length() / 3));
  }

  /** Optimal string alignment: edits, where swapping two neighbours is one. */
  static int distance(String from, String to) {
    int[][] edits = new int[from.length() + 1][to.length() + 1];
    for (int i = 0; i <= from.length(); i++) {
      for (int j = 0; j <= to.length(); j++) {
        if (i == 0 || j == 0) {
          edits[i][j] = i + j;
        } else {
          int replaced = edits[i - 1][j - 1] + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
          edits[i][j] = Math.min(replaced, 1 + Math.min(edits[i - 1][j], edits[i][j - 1]));
          if (isSwapped(from, i, to, j)) {
            edits[i][j] = Math.min(edits[i][j], edits[i - 2][j - 2] + 1);
          }
        }
      }
    }
    return edits[from.length()][to.length()];
  }

  private static boolean isSwapped(String from, int i, String to, int j) {
    return i > 1
        && j > 1
        && from.charAt(i - 1) == to.charAt(j - 2)
        && from.charAt(i - 2) == to.charAt(j - 1);
  }
}
