package io.sounder.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sounder.server.fixture.AdminPage;
import io.sounder.server.fixture.Eventually;
import io.sounder.server.fixture.Peer;
import io.sounder.server.fixture.ServeProcess;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Logs that go nowhere: a pipe that nobody reads, a disk that is full. */
@Timeout(60)
class UnreadLogIT {
  private static final int CONNECTIONS = 2_000; // of two lines each, more than pipe and queue take
  private static final String[] VERBOSE = {
    "--verbose", "--admin", "127.0.0.1:0", "tcp://127.0.0.1:0"
  };

  @Test
  void serveAsEverWhileNobodyReadsThemAndGoOnAfterwards() throws Exception {
    try (ServeProcess serve = ServeProcess.startUnheard(VERBOSE).awaitReady()) {
      AdminPage admin = new AdminPage(serve);
      beNoisy(serve);
      assertTrue(admin.figure("log_lines_dropped_total") > 0);
      serve.hear();
      serve.awaitError("log lines were dropped");
      assertEquals(0, serve.signal("TERM").awaitExit());
      assertTrue(serve.err().get(serve.err().size() - 1).endsWith("stopped"), "the last line");
    }
  }

  @Test
  void doNotKeepTheServerFromStoppingWhenNobodyReadsThem() throws Exception {
    try (ServeProcess serve = ServeProcess.startUnheard(VERBOSE).awaitReady()) {
      beNoisy(serve);
      serve.signal("TERM");
      Eventually.isTrue("ended", () -> !serve.isAlive());
      serve.hear();
      assertEquals(0, serve.awaitExit());
    }
  }

  @Test
  void serveAsEverOnAFullDisk() throws Exception {
    try (ServeProcess serve =
        ServeProcess.startLoggingTo(Path.of("/dev/full"), VERBOSE).awaitReady()) {
      AdminPage admin = new AdminPage(serve);
      beNoisy(serve);
      Eventually.isTrue(
          "each line is counted", () -> admin.figure("log_lines_dropped_total") >= 2 * CONNECTIONS);
      assertEquals(0, serve.signal("TERM").awaitExit());
    }
  }

  @Test
  void areNotTheOnlyOnesThatMayGoUnread() throws Exception {
    try (ServeProcess serve =
            ServeProcess.startUnheard("--show", "--admin", "127.0.0.1:0", "tcp://127.0.0.1:0")
                .awaitReady();
        Peer peer = Peer.connect(serve.endpoint(0))) {
      AdminPage admin = new AdminPage(serve);
      for (int i = 0; i < 15_000; i++) {
        peer.assertEchoes("shown?");
      }
      assertTrue(admin.figure("messages_not_shown_total") > 0);
    }
  }

  private static void beNoisy(ServeProcess serve) throws IOException {
    for (int i = 0; i < CONNECTIONS; i++) {
      try (Peer peer = Peer.connect(serve.endpoint(0))) {
        peer.assertEchoes("hello");
      }
    }
  }
}
