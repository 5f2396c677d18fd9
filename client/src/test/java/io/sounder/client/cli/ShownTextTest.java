package io.sounder.client.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ShownTextTest {
  private final ShownText shown = new ShownText();

  @Test
  void keepsLineEndsAndEscapesAllElseThatControlsATerminal() {
    assertEquals("a\n\\x1b[31mb\\x07\\\\\n", show("a\r\n\u001b[31mb\u0007\\\n"));
  }

  @Test
  void aCharacterCutByAReadIsHeldBackUntilItIsWhole() {
    byte[] bytes = "é连😀".getBytes(StandardCharsets.UTF_8);
    StringBuilder text = new StringBuilder();
    for (byte b : bytes) {
      text.append(shown.next(ByteBuffer.wrap(new byte[] {b})));
    }

    assertEquals("é连😀", text.toString());
  }

  @Test
  void aLineEndCutBetweenItsTwoBytesIsOneLineEnd() {
    assertEquals("a", show("a\r"));
    assertEquals("\nb", show("\nb"));
  }

  @Test
  void whatIsNeverCompletedIsEscapedInTheEnd() {
    assertEquals("a", shown.next(ByteBuffer.wrap(new byte[] {'a', (byte) 0xE8})));
    assertEquals("\\xe8", shown.rest());
    assertEquals("", shown.rest());
  }

  @Test
  void bytesThatAreNoUtf8AreEscaped() {
    assertEquals("\\xff\\x80.", shown.next(ByteBuffer.wrap(new byte[] {-1, -128, '.'})));
  }

  private String show(String text) {
    return shown.next(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
  }
}
