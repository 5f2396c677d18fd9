package io.sounder.client.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TerminalWidthTest {
  @Test
  void theVariableGoesFirst() {
    assertEquals(53, TerminalWidth.columns(Map.of("COLUMNS", "53")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "0", "wide", "-5", "99999999999"})
  void aVariableThatIsNoWidthIsPassedOver(String given) {
    assertTrue(TerminalWidth.columns(Map.of("COLUMNS", given)) > 0);
  }
}
