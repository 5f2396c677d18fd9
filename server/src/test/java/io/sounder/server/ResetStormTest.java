package io.sounder.server;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sounder.server.connection.CloseReason;
import io.sounder.server.connection.Refusal;
import io.sounder.server.fixture.Eventually;
import io.sounder.server.fixture.LogRecorder;
import io.sounder.server.fixture.Peer;
import io.sounder.server.fixture.RunningServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Thousands of connections that are reset in the middle of a transfer. */
@Timeout(60)
class ResetStormTest {
  private static final int RESETS = 10_000;

  @Test
  void leavesNoDescriptorBehindNoLineInTheLogAndTheOthersAlone() throws Exception {
    byte[] some = new byte[16 << 10];
    try (LogRecorder log = LogRecorder.of("io.sounder.server");
        RunningServer server = RunningServer.on("tcp://127.0.0.1:0");
        Peer other = server.connect()) {
      other.assertEchoes("before");
      int linesBefore = log.lines().size();
      long openBefore = descriptors();
      for (int i = 0; i < RESETS; i++) {
        server.connect().send(some).reset();
        if (i % 100 == 0) {
          other.assertEchoes("served meanwhile");
        }
      }
      Eventually.equal(RESETS, "gone", () -> gone(server));
      Eventually.equal(openBefore, "descriptors", ResetStormTest::descriptors);
      other.assertEchoes("and afterwards");
      assertEquals(1, server.counters().open());
      assertEquals(List.of(), log.lines().subList(linesBefore, log.lines().size()));
    }
  }

  /** One that is reset before it is let in cannot be set up any more. */
  private static long gone(RunningServer server) {
    return server.counters().closed(CloseReason.RESET)
        + server.counters().refused(Refusal.SETUP_FAILED);
  }

  private static long descriptors() {
    try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
      return open.count();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
