package io.sounder.protocol.endpoint;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.function.Executable;

/** The one line that a user gets for input that is not of the grammar. */
final class Refusal {
  private Refusal() {}

  static String ofListener(String text) {
    return of(() -> ListenerSpec.parse(text));
  }

  static String ofTarget(String text) {
    return of(() -> TargetSpec.parse(text));
  }

  static String of(Executable parse) {
    String message = assertThrows(EndpointException.class, parse).getMessage();
    assertFalse(message.chars().anyMatch(Character::isISOControl), message);
    return message;
  }

  static void assertSays(String message, String... fragments) {
    for (String fragment : fragments) {
      assertTrue(message.contains(fragment), () -> "'" + fragment + "' missing in: " + message);
    }
  }
}
