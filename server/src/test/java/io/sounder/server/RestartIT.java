package io.sounder.server;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sounder.server.fixture.Peer;
import io.sounder.server.fixture.ServeProcess;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Killed with connections open, and started again at once in the same places. */
class RestartIT {
  private static final int CYCLES = Integer.getInteger("sounder.restarts", 4);
  private static final long BOUND_WITHIN_NANOS = TimeUnit.SECONDS.toNanos(2);

  @TempDir private Path directory;

  @Test
  @Timeout(600)
  void findsItsPortAndItsSocketFileFree() throws Exception {
    int port = 0;
    List<Peer> left = new ArrayList<>(); // connections that nobody closes at this end
    try {
      for (int cycle = 0; cycle <= CYCLES; cycle++) {
        long begunNanos = System.nanoTime();
        try (ServeProcess serve =
            ServeProcess.start(
                    "--admin", "off", "tcp://127.0.0.1:" + port, "unix://" + directory.resolve("s"))
                .awaitReady()) {
          long tookNanos = System.nanoTime() - begunNanos;
          assertTrue(
              cycle == 0 || tookNanos < BOUND_WITHIN_NANOS, "bound after " + tookNanos + " ns");
          port = serve.endpoint(0).port();
          for (int i = 0; i < 10; i++) {
            Peer peer = Peer.connect(serve.endpoint(i % 2));
            peer.assertEchoes("hello");
            left.add(peer);
          }
          serve.signal("KILL").awaitExit();
        }
      }
    } finally {
      for (Peer peer : left) {
        peer.leave();
      }
    }
  }
}
