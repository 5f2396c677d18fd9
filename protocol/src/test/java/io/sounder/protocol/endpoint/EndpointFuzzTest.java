package io.sounder.protocol.endpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Function;

/** Whatever is typed is an endpoint, or is refused in one line. */
class EndpointFuzzTest {
  @FuzzTest
  void isReadOrRefusedInOneLine(byte[] bytes) {
    String text = new String(bytes, StandardCharsets.UTF_8);
    read(text, TargetSpec::parse).ifPresent(target -> assertIsReadAgain(target.endpoint()));
    read(text, ListenerSpec::parse)
        .ifPresent(
            listener -> {
              assertIsReadAgain(listener.endpoint());
              assertAreReadAgain(listener.endpoint(), listener.faults());
            });
    read(text, FaultChange::parse);
    read(text, AccessList::parse);
  }

  private static <T> Optional<T> read(String text, Function<String, T> parse) {
    try {
      return Optional.of(parse.apply(text));
    } catch (EndpointException e) {
      assertFalse(e.getMessage().isEmpty());
      assertFalse(e.getMessage().chars().anyMatch(Character::isISOControl), e.getMessage());
      return Optional.empty();
    }
  }

  private static void assertIsReadAgain(Endpoint endpoint) {
    assertEquals(endpoint, ListenerSpec.parse(endpoint.toString()).endpoint());
  }

  private static void assertAreReadAgain(Endpoint endpoint, FaultSpec faults) {
    if (!faults.isNone()) {
      assertEquals(faults, FaultChange.parse(endpoint + "?" + faults).faults());
    }
  }
}
