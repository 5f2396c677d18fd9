package io.sounder.protocol.payload;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RequestBitsTest {
  @Test
  void theSameRequestHasTheSameBitsAndAnyOtherHasOthers() {
    Set<Long> words = new HashSet<>();
    for (int run = 1000; run < 1003; run++) {
      for (int connection = 0; connection < 10; connection++) {
        for (long sequence = 0; sequence < 100; sequence++) {
          for (long purpose = 0; purpose < 3; purpose++) {
            for (int index = 0; index < 4; index++) {
              long word = RequestBits.word(run, connection, sequence, purpose, index);
              assertEquals(word, RequestBits.word(run, connection, sequence, purpose, index));
              words.add(word);
            }
          }
        }
      }
    }
    assertEquals(3 * 10 * 100 * 3 * 4, words.size());
  }

  @Test
  void eachBitIsSetHalfOfTheTime() {
    int[] set = new int[Long.SIZE];
    for (long sequence = 0; sequence < 10_000; sequence++) {
      long word = RequestBits.word(1, 2, sequence, 3, 0);
      for (int bit = 0; bit < Long.SIZE; bit++) {
        set[bit] += (int) (word >>> bit & 1);
      }
    }
    for (int bit = 0; bit < Long.SIZE; bit++) {
      assertEquals(5000, set[bit], 300, "bit " + bit);
    }
  }
}
