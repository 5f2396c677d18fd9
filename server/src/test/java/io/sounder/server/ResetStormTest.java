package io.sounder.server;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sounder.server.connection.CloseReason;
import io.sounder.server.connection.Refusal;
import io.sounder.server.fixture.Eventually;
import io.sounder.server.fixture.LogRecorder;
import io.sounder.server.fixture.OpenSockets;
import io.sounder.server.fixture.Peer;
import io.sounder.server.fixture.RunningServer;
import java.util.List;
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
      long openBefore = OpenSockets.count();
      for (int i = 0; i < RESETS; i++) {
        server.connect().send(some).reset();
        if (i % 100 == 0) {
          other.assertEchoes("served meanwhile");
        }
      }
      Eventually.equal(RESETS, "gone", () -> gone(server));
      OpenSockets.awaitNoMoreThan(openBefore);
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
}
