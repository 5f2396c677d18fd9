package io.sounder.client.outcome;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;

class ExitCodeTest {
  @Test
  void theFirstInTheOrderOfTheContractWins() {
    List<Integer> firstToLast = List.of(130, 2, 3, 5, 7, 6, 4, 0);
    for (int i = 0; i < firstToLast.size(); i++) {
      for (int j = i; j < firstToLast.size(); j++) {
        int winner = firstToLast.get(i);
        int loser = firstToLast.get(j);
        assertEquals(winner, ExitCode.worst(winner, loser), winner + " before " + loser);
        assertEquals(winner, ExitCode.worst(loser, winner), winner + " before " + loser);
      }
    }
  }

  @Test
  void anInternalErrorMakesAllOthersDoubtful() {
    assertEquals(70, ExitCode.worst(130, 70));
  }

  @Test
  void aCodeThatDoesNotExistIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> ExitCode.worst(0, 9));
  }
}
