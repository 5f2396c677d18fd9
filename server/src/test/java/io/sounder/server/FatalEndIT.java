package io.sounder.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sounder.server.fixture.Peer;
import io.sounder.server.fixture.ServeProcess;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What brings the whole process down, so that it is started again. */
@Timeout(30)
class FatalEndIT {
  private static final long FIVE_SECONDS = 5_000_000_000L;

  @ParameterizedTest
  @CsvSource({
    "e, 1, internal error on thread worker-1: java.lang.AssertionError: an error for the test",
    "h, 0, internal error on thread reactor: java.lang.OutOfMemoryError: Java heap space",
    "h, 1, internal error on thread worker-1: java.lang.OutOfMemoryError: Java heap space",
    "b, 0, thread reactor has been stuck for",
    "b, 1, thread worker-1 has been stuck for"
  })
  void endsWith70AndSaysWhyAndWhere(String message, String workers, String why) throws Exception {
    try (ServeProcess serve =
            ServeProcess.startMain(DefectiveServe.class, "-Xmx32m", workers).awaitReady();
        Peer peer = Peer.connect(serve.endpoint(0))) {
      peer.assertEchoes("fine");
      long sentNanos = System.nanoTime();
      peer.send(message);
      assertEquals(70, serve.awaitExit());
      assertTrue(System.nanoTime() - sentNanos < FIVE_SECONDS, "soon enough");
      String said = String.join("\n", serve.err());
      assertTrue(said.contains("ERROR ending with exit code 70: " + why), said);
      assertTrue(said.contains(DefectiveServe.class.getName() + ".obey("), said);
    }
  }

  // Whoever asks next finds the heap full: any thread may be the first, and more than one.
  @ParameterizedTest
  @ValueSource(strings = {"0", "1"})
  void endsWith70WhicheverThreadFindsTheHeapFull(String workers) throws Exception {
    try (ServeProcess serve =
            ServeProcess.startMain(DefectiveServe.class, "-Xmx32m", workers).awaitReady();
        Peer peer = Peer.connect(serve.endpoint(0))) {
      peer.assertEchoes("fine");
      peer.send("a");
      assertEquals(70, serve.awaitExit());
    }
  }
}
