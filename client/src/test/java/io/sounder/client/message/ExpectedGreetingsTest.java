package io.sounder.client.message;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sounder.client.outcome.ClientFailure;
import io.sounder.protocol.endpoint.TargetSpec;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class ExpectedGreetingsTest {
  @Test
  void takesAllGreetingsInOrderAndLeavesWhatFollows() {
    ExpectedGreetings greetings = greetings("greeting=a{n}&greeting=b{n}&greeting-repeat=2");
    ByteBuffer bytes = bytes("a1b2a3b4rest");

    greetings.takeFromStream(bytes);

    assertTrue(greetings.areDone());
    assertEquals("rest", UTF_8.decode(bytes).toString());
  }

  @Test
  void takesGreetingsThatComeByteByByte() {
    ExpectedGreetings greetings = greetings("greeting=Welcome,%20{peer}!%0A");
    for (byte b : "Welcome, 1.2.3.4:5!\n".getBytes(UTF_8)) {
      assertFalse(greetings.areDone());
      greetings.takeFromStream(ByteBuffer.wrap(new byte[] {b}));
    }

    assertTrue(greetings.areDone());
  }

  @Test
  void saysWhatCameInsteadEscaped() {
    ExpectedGreetings greetings = greetings("greeting=Hello");

    ClientFailure failure =
        assertThrows(ClientFailure.class, () -> greetings.takeFromStream(bytes("Help\u001b")));

    assertEquals(5, failure.exitCode());
    assertTrue(failure.getMessage().contains("should be 'Hello'"), failure.getMessage());
    assertTrue(failure.getMessage().contains("'Help\\x1b'"), failure.getMessage());
  }

  @Test
  void aFramedGreetingMustBeTheMessageWhole() {
    greetings("greeting=abc").takeMessage(bytes("abc"));
    assertThrows(ClientFailure.class, () -> greetings("greeting=abc").takeMessage(bytes("abcd")));
    assertThrows(ClientFailure.class, () -> greetings("greeting=abc").takeMessage(bytes("ab")));
  }

  private static ExpectedGreetings greetings(String keys) {
    return new ExpectedGreetings(TargetSpec.parse("tcp://127.0.0.1:7?" + keys));
  }

  private static ByteBuffer bytes(String text) {
    return ByteBuffer.wrap(text.getBytes(UTF_8));
  }
}
