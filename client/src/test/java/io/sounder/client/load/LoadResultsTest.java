package io.sounder.client.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sounder.client.fixture.StreamServer;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a load test says of itself. */
@Timeout(60)
class LoadResultsTest {
  @Test
  void aWaitForRoomThatLastsToTheEndIsTold() throws IOException {
    CountDownLatch over = new CountDownLatch(1);
    try (StreamServer server = StreamServer.tcp(peer -> awaitUninterrupted(over))) {
      String line = server.target() + " -c 1 -s 16MiB -d 300ms --warmup 0 --timeout 400ms --json -";
      Load load = Load.run(line.split(" "));
      over.countDown();
      assertEquals(7, load.exitCode());
      assertTrue(
          load.json().at("/client/send_buffer_full_ns").asLong() >= 250_000_000L, load.out());
    }
  }

  private static void awaitUninterrupted(CountDownLatch over) {
    try {
      over.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
