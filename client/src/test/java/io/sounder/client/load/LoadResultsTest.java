package io.sounder.client.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sounder.client.fixture.StreamServer;
import io.sounder.protocol.endpoint.Scheme;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.zip.DataFormatException;
import org.HdrHistogram.EncodableHistogram;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a load test says, and where it is written. */
@Timeout(60)
class LoadResultsTest {
  private static final TestPeer.Behaviour ECHO = (number, request, port) -> port.send(request);

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

  @Test
  void theJsonHasWhatItsSchemaSays() throws IOException {
    try (TestPeer peer = new TestPeer(Scheme.TCP, 64, ECHO)) {
      Load load = Load.run(peer.url(), "-c", "2", "-d", "200ms", "--warmup", "50ms", "--json", "-");
      JsonNode json = load.json();
      assertEquals("sounder-result/1", json.get("schema").asText());
      assertEquals(peer.url(), json.get("target").asText());
      assertEquals("VALID", json.get("verdict").asText());
      assertFalse(json.get("interrupted").asBoolean(true));
      assertEquals(200_000_000, json.get("duration_ns").asLong());
      assertTrue(json.at("/rate/asked").isNull());
      assertTrue(json.at("/rate/achieved").asDouble() > 0);
      assertTrue(json.at("/warm_up/ok").asLong() > 0);
      assertEquals(json.get("response_time_ns"), json.get("service_time_ns"));
      long before = 0;
      for (String name :
          new String[] {"min", "p50", "p90", "p99", "p99.9", "p99.99", "max", "count"}) {
        JsonNode value = json.get("service_time_ns").get(name);
        assertTrue(value.asLong() > 0, name);
        if (!name.equals("count")) {
          assertTrue(value.asLong() >= before, name);
          before = value.asLong();
        }
      }
      assertTrue(json.at("/client/send_lag_ns/p99").isNull());
      assertTrue(json.at("/client/cpu").isNumber());
      assertTrue(json.at("/client/gc_pause_ns").isIntegralNumber());
      assertTrue(json.at("/environment/versions/java").isTextual());
      assertTrue(json.at("/environment/cores").asInt() > 0);
      assertEquals("2", json.at("/environment/flags/connections").asText());
      assertTrue(load.err().contains("every reply verified"), "the table goes to stderr");
    }
  }

  @Test
  void theResultReplacesWhatIsInTheFile(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("result.json");
    Files.writeString(file, "x".repeat(100_000));
    try (TestPeer peer = new TestPeer(Scheme.TCP, 64, ECHO)) {
      Load load = Load.run(peer.url(), "-n", "10", "--json", file.toString());
      assertEquals(0, load.exitCode());
      assertTrue(load.out().contains("every reply verified"), load.out());
      assertEquals(10, new ObjectMapper().readTree(file.toFile()).at("/requests/ok").asLong());
    }
  }

  @Test
  void aRunWithoutAResultLeavesNoNewFileAndAnOldOneAlone(@TempDir Path folder) throws IOException {
    Path fresh = folder.resolve("new.json");
    Path old = folder.resolve("old.json");
    Files.writeString(old, "{}");
    for (Path file : new Path[] {fresh, old}) {
      assertEquals(3, Load.run("tcp://127.0.0.1:1", "--json", file.toString()).exitCode());
    }
    assertFalse(Files.exists(fresh));
    assertEquals("{}", Files.readString(old));
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void aFullDiskCostsTheFileAndNotTheTable() throws IOException {
    try (TestPeer peer = new TestPeer(Scheme.TCP, 64, ECHO)) {
      Load load = Load.run(peer.url(), "-n", "10", "--json", "/dev/full", "--progress", "none");
      assertTrue(load.out().contains("every reply verified"), load.out());
      assertEquals("sounder: cannot write --json /dev/full: No space left on device\n", load.err());
      assertEquals(7, load.exitCode());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"auto", "plain"})
  void whereNobodyLooksProgressIsALineEachSecondOnStderr(String how) throws IOException {
    try (TestPeer peer = new TestPeer(Scheme.TCP, 64, ECHO)) {
      Load load = Load.run(peer.url(), "-d", "1200ms", "--warmup", "0", "--progress", how);
      String line = " *[0-9.]+s +[0-9,]+/s +sent [0-9,]+  ok .* p99 .*";
      long lines = load.err().lines().filter(text -> text.matches(line)).count();
      assertTrue(lines >= 1 && lines == load.err().lines().count(), load.err());
    }
  }

  @Test
  void theIntervalsAddUpToTheResultAndTheirHistogramsToItsHistogram(@TempDir Path folder)
      throws IOException, DataFormatException {
    Path hdr = folder.resolve("seconds.hdr");
    try (TestPeer peer = new TestPeer(Scheme.TCP, 64, ECHO)) {
      Load load =
          Load.run(
              peer.url(),
              "-c",
              "4",
              "-r",
              "2k",
              "-d",
              "2200ms",
              "--warmup",
              "300ms",
              "--progress",
              "jsonl",
              "--json",
              "-",
              "--hdr",
              hdr.toString());
      for (String name : List.of("sent", "ok", "pending", "errors")) {
        long sum = 0;
        for (JsonNode row : load.json().get("intervals")) {
          sum += row.get(name).asLong();
          assertBalanced(row);
        }
        assertEquals(name.equals("errors") ? 0 : load.count(name), sum, name);
      }
      long shown = 0;
      for (String line : load.err().lines().filter(text -> text.startsWith("{")).toList()) {
        JsonNode row = new ObjectMapper().readTree(line);
        shown += row.get("phase").asText().equals("measured") ? row.get("ok").asLong() : 0;
        assertBalanced(row);
      }
      assertEquals(load.count("ok"), shown);
      assertEquals(decoded(load.json(), "response_time"), merged(hdr, "response"));
      assertEquals(decoded(load.json(), "service_time"), merged(hdr, "service"));
    }
  }

  private static void assertBalanced(JsonNode row) {
    long rest = row.get("sent").asLong();
    for (String part : List.of("ok", "corrupt", "late", "lost", "refused", "errors", "pending")) {
      rest -= row.get(part).asLong();
    }
    assertEquals(0, rest, row::toString);
  }

  private static Histogram decoded(JsonNode json, String name) throws DataFormatException {
    byte[] bytes = Base64.getDecoder().decode(json.at("/histograms/" + name).asText());
    return Histogram.decodeFromCompressedByteBuffer(ByteBuffer.wrap(bytes), 0);
  }

  private static Histogram merged(Path log, String tag) throws IOException {
    Histogram sum = new Histogram(1, 3_600_000_000_000L, 3);
    try (HistogramLogReader reader = new HistogramLogReader(log.toFile())) {
      for (EncodableHistogram next = reader.nextIntervalHistogram();
          next != null;
          next = reader.nextIntervalHistogram()) {
        if (tag.equals(next.getTag())) {
          sum.add((Histogram) next);
        }
      }
    }
    return sum;
  }

  private static void awaitUninterrupted(CountDownLatch over) {
    try {
      over.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
