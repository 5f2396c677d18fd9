package io.sounder.protocol.text;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpellingTest {
  private static final List<String> KNOWN =
      List.of("framing", "reply", "max-frame", "rate-limit", "rate-limit-total", "key", "work");

  @ParameterizedTest
  @CsvSource({
    "framing, framing",
    "framming, framing",
    "farming, framing",
    "replay, reply",
    "ratelimit, rate-limit",
    "rate_limit, rate-limit",
    "maxframe, max-frame",
    "kye, key"
  })
  void findsTheNearest(String word, String meant) {
    assertEquals(Optional.of(meant), Spelling.nearest(word, KNOWN));
  }

  @ParameterizedTest
  @CsvSource({"colour", "x", "''", "timeout", "zzz"})
  void findsNothingInWhatIsFarFromAll(String word) {
    assertEquals(Optional.empty(), Spelling.nearest(word, KNOWN));
  }

  @ParameterizedTest
  @CsvSource({"'', '', 0", "'', abc, 3", "abc, '', 3", "abc, acb, 1", "kitten, sitting, 3"})
  void countsEdits(String from, String to, int edits) {
    assertEquals(edits, Spelling.distance(from, to));
  }
}
