package io.sounder.client.report.document;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sounder.client.outcome.ClientFailure;
import io.sounder.client.outcome.ExitCode;
import io.sounder.client.report.document.Document.Verdict;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DocumentReaderTest {
  @TempDir Path folder;

  @Test
  void readsWhatARunWrites() throws IOException {
    Path file = write("run.json", SyntheticRun.of(1).seconds(5).errors(2, 3, 1).json());
    List<Document> documents = DocumentReader.read(file);
    assertEquals(1, documents.size());
    Document document = documents.get(0);
    assertEquals(file.toString(), document.name());
    assertEquals("tcp://127.0.0.1:8888?framing=line", document.target());
    assertEquals(Verdict.FAILED, document.verdict());
    assertEquals(5, document.exitCode());
    assertEquals(10_006, document.requests().sent());
    assertEquals(5, document.requests().failed());
    assertEquals(0, document.requests().unaccounted());
    assertEquals(2000.0, document.askedRate());
    assertEquals(5, document.intervals().size());
    assertEquals(10_000, document.histograms().get("response_time").decode().getTotalCount());
    assertEquals("64B", document.environment().flags().get("size"));
  }

  @Test
  void readsWhatHasOnlyTheFirstNames() {
    Document document =
        SyntheticRun.of(1)
            .seconds(2)
            .change(
                root ->
                    root.remove(
                        List.of(
                            "run",
                            "started_at",
                            "verdict_reason",
                            "exit_code",
                            "connect_time_ns",
                            "slo",
                            "intervals",
                            "histograms")))
            .document("old.json");
    assertEquals("", document.run());
    assertNull(document.exitCode());
    assertTrue(document.intervals().isEmpty());
    assertTrue(document.histograms().isEmpty());
    assertTrue(document.connectTime().isEmpty());
    assertFalse(document.responseTime().isEmpty());
  }

  @Test
  void namesThatItDoesNotKnowArePassedOnAsTheyStand() {
    Document document =
        SyntheticRun.of(1)
            .seconds(1)
            .change(root -> root.putObject("novelty").put("x", new java.math.BigDecimal("1.500")))
            .document("new.json");
    assertTrue(document.json().contains("\"novelty\":{\"x\":1.500}"), document.json());
  }

  @Test
  void whatChangesInAnIntervalMayBeNegative() {
    Document document =
        SyntheticRun.of(1)
            .seconds(2)
            .change(
                root ->
                    ((ObjectNode) root.get("intervals").get(1)).put("pending", -16).put("lost", -2))
            .document("x.json");
    assertEquals(-16, document.intervals().get(1).pending());
    assertEquals(-2, document.intervals().get(1).bad());
  }

  @Test
  void aFileMayHoldADocumentPerLine() throws IOException {
    String lines = "";
    for (int i = 0; i < 3; i++) {
      int index = i;
      lines +=
          SyntheticRun.of(i)
                  .seconds(1)
                  .change(root -> root.putObject("step").put("index", index).put("count", 3))
                  .tree()
              + "\n";
    }
    Path file = write("sweep.json", lines);
    List<Document> documents = DocumentReader.read(file);
    assertEquals(3, documents.size());
    assertEquals(file + "#1", documents.get(0).name());
    assertEquals(2, documents.get(2).step().index());
  }

  @Test
  void aFileThatWasNotWrittenToItsEndSaysWhereItEnds() throws IOException {
    String json = SyntheticRun.of(1).seconds(2).json();
    Path file = write("cut.json", json.substring(0, json.length() / 2));
    refuses(file, "cut.json", "it ends in the middle of a document at line");
    Path lines = write("lines.json", SyntheticRun.of(1).seconds(1).tree() + "\n{\"schema\":");
    refuses(lines, "it ends in the middle of a document at line 2");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'' | it is empty",
        "'hello' | it is not JSON at line 1",
        "'[1,2]' | it is JSON, but no result",
        "'{\"a\":1}' | it is JSON, but no result",
        "'{\"schema\":\"sounder-result/2\"}' | it is of version sounder-result/2",
        "'{\"schema\":\"sounder-result/1\"}' | it has no \"rate\"",
        "'{\"a\":1,\"a\":2}' | Duplicate",
      })
  void whatIsNoResultIsRefusedWithItsReason(String text, String why) throws IOException {
    refuses(write("x.json", text), "x.json", why);
  }

  @Test
  void whatIsMissingOrWrongIsNamedWithItsPlace() {
    refuses(root -> at(root, "requests").remove("sent"), "it has no \"requests.sent\"");
    refuses(
        root -> at(root, "requests").put("sent", "many"),
        "\"requests.sent\" is \"many\", not a whole number from 0");
    refuses(root -> at(root, "requests").put("ok", -1), "\"requests.ok\" is -1");
    refuses(root -> at(root, "rate").put("achieved", 1e300), "\"rate.achieved\" is 1.0E+300");
    refuses(
        root -> ((ObjectNode) root.get("intervals").get(0)).put("ok", -1),
        "\"intervals[0].ok\" is -1");
    refuses(root -> root.put("verdict", "FINE"), "is none of VALID, CLIENT-LIMITED, FAILED");
    refuses(root -> root.put("intervals", 3), "\"intervals\" is 3, not an array");
    refuses(
        root -> ((ObjectNode) root.get("intervals").get(1)).put("from_ns", 0),
        "\"intervals[1]\" begins before");
    refuses(root -> at(root, "response_time_ns").putNull("p99"), "\"response_time_ns.p99\"");
    refuses(
        root -> at(root, "histograms").put("response_time", "AAAA"),
        "\"histograms.response_time\" does not decode: it is cut off");
    refuses(
        root -> at(root, "response_time_ns").put("count", 7),
        "holds 2000 values, but response_time_ns.count is 7");
  }

  @Test
  void whatIsTooLargeIsRefusedBeforeItIsRead() throws IOException {
    Path file = folder.resolve("large.json");
    try (RandomAccessFile large = new RandomAccessFile(file.toFile(), "rw")) {
      large.setLength(DocumentReader.MAX_FILE_BYTES + 1); // sparse: takes no room
    }
    refuses(file, "it is too large for a result");
  }

  @Test
  void whatNestsWithoutEndIsRefused() throws IOException {
    refuses(write("deep.json", "[".repeat(100_000)), "too large for a result");
  }

  @Test
  void aFileThatCannotBeReadSaysWhy() {
    refuses(folder.resolve("none.json"), "there is no such file");
    refuses(folder, "it is a folder");
  }

  private Path write(String name, String text) throws IOException {
    return Files.write(folder.resolve(name), text.getBytes(UTF_8));
  }

  private static ObjectNode at(ObjectNode root, String name) {
    return (ObjectNode) root.get(name);
  }

  private static void refuses(Consumer<ObjectNode> change, String said) {
    SyntheticRun run = SyntheticRun.of(1).seconds(2).perSecond(1000).change(change);
    check(assertThrows(ClientFailure.class, () -> run.document("x.json")), "x.json", said);
  }

  private static void refuses(Path file, String... said) {
    check(assertThrows(ClientFailure.class, () -> DocumentReader.read(file)), said);
  }

  private static void check(ClientFailure failure, String... said) {
    assertEquals(ExitCode.USAGE, failure.exitCode());
    assertEquals(1, failure.getMessage().lines().count(), failure.getMessage());
    for (String part : said) {
      assertTrue(failure.getMessage().contains(part), part + " is said in " + failure.getMessage());
    }
  }
}
