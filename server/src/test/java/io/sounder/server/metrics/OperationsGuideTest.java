package io.sounder.server.metrics;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sounder.server.connection.CloseReason;
import io.sounder.server.connection.DatagramDrop;
import io.sounder.server.connection.Refusal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whoever meets a reason in the counters finds it explained. */
final class OperationsGuideTest {
  static Stream<String> reasons() {
    return Stream.of(
            Arrays.stream(CloseReason.values()).map(CloseReason::text),
            Arrays.stream(DatagramDrop.values()).map(DatagramDrop::text),
            Arrays.stream(Refusal.values()).map(Refusal::text))
        .flatMap(each -> each);
  }

  @ParameterizedTest
  @MethodSource("reasons")
  void explainsEachReasonThatIsCounted(String reason) throws IOException {
    String guide =
        Files.readString(Path.of(System.getProperty("sounder.root"), "docs", "operations.md"));
    assertTrue(guide.contains("`" + reason + "`"), reason + " is not explained in operations.md");
  }
}
