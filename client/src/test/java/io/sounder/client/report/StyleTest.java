package io.sounder.client.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import org.junit.jupiter.api.Test;

class StyleTest {
  @Test
  void coloursNeedATerminalThatNobodyForbadeThem() {
    assertEquals(new Style(true, false), Style.of(true, Map.of("TERM", "xterm")));
    assertEquals(new Style(false, false), Style.of(false, Map.of("TERM", "xterm")));
    assertEquals(new Style(false, false), Style.of(true, Map.of("NO_COLOR", "1")));
    assertEquals(new Style(true, false), Style.of(true, Map.of("NO_COLOR", "")));
    assertEquals(new Style(false, false), Style.of(true, Map.of("TERM", "dumb")));
  }

  @Test
  void theFirstLocaleVariableThatIsSetDecidesAboutUnicode() {
    assertEquals(new Style(false, true), Style.of(false, Map.of("LANG", "de_DE.UTF-8")));
    assertEquals(new Style(false, true), Style.of(false, Map.of("LC_CTYPE", "C.utf8")));
    assertEquals(
        new Style(false, false), Style.of(false, Map.of("LC_ALL", "C", "LANG", "de_DE.UTF-8")));
    assertEquals(new Style(false, false), Style.of(false, Map.of()));
  }
}
