package io.sounder.client.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TerminalSizeTest {
  @Test
  void theVariablesGoFirst() {
    assertEquals(
        new TerminalSize(11, 53), TerminalSize.current(Map.of("LINES", "11", "COLUMNS", "53")));
  }

  @Test
  void oneVariableSaysNothingAboutTheOtherSide() {
    TerminalSize size = TerminalSize.current(Map.of("LINES", "11"));
    assertEquals(11, size.rows());
    assertTrue(size.columns() > 0);
  }

  @Test
  void sizesAreReadAsSttyPrintsThem() {
    assertEquals(Optional.of(new TerminalSize(43, 132)), TerminalSize.parse("43 132\n"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "0 0\n", "24 0\n", "0 80\n", "stty: what?"})
  void aTerminalThatDoesNotKnowHasNoSize(String size) {
    assertEquals(Optional.empty(), TerminalSize.parse(size));
  }
}
