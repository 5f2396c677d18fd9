package io.sounder.client.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.sounder.protocol.endpoint.Scheme;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code load --html} writes, and when. */
class LoadPageTest {
  private static final TestPeer.Behaviour ECHO = (number, request, port) -> port.send(request);

  @TempDir Path folder;

  @Test
  void thePageHoldsTheDocumentThatJsonWrites() throws IOException {
    Path page = folder.resolve("report.html");
    try (TestPeer peer = new TestPeer(Scheme.TCP, 64, ECHO)) {
      Load load = Load.run(peer.url(), "-n", "10", "--json", "-", "--html", page.toString());
      assertEquals(0, load.exitCode(), load.err());
      Matcher inside =
          Pattern.compile("class=\"document\">(.*?)</script>").matcher(Files.readString(page));
      assertTrue(inside.find(), "a document is inside");
      assertEquals(load.json(), new ObjectMapper().readTree(inside.group(1)));
    }
  }

  @Test
  void aSweepIsOnePageOfAllItsSteps() throws IOException {
    Path page = folder.resolve("report.html");
    try (TestPeer peer = new TestPeer(Scheme.TCP, 64, ECHO)) {
      Load.run(
          peer.url(),
          "--sweep=100:300:100",
          "-d200ms",
          "--warmup=0s",
          "--progress=none",
          "--html=" + page);
    }
    assertTrue(Files.readString(page).contains("A sweep of 3 rates"));
  }

  @Test
  void whereAPageCannotBeWrittenNoTestBegins() {
    Path json = folder.resolve("result.json");
    Load load = Load.run("tcp://127.0.0.1:1", "--json", json.toString(), "--html", "/nowhere/x");
    assertEquals(2, load.exitCode());
    String error = "sounder: cannot write --html /nowhere/x: there is no such folder";
    assertTrue(load.err().startsWith(error), load.err());
    assertFalse(Files.exists(json), "what was opened before is as it was");
    assertEquals(2, Load.run("tcp://127.0.0.1:1", "--html", "-").exitCode());
  }

  @ParameterizedTest
  @CsvSource({"--json, --html", "--json, --hdr", "--html, --hdr"})
  void twoResultsAreNotWrittenToOneFile(String flag, String otherFlag) {
    Path file = folder.resolve("result");
    Path sameFile = folder.resolve(".").resolve("result");
    Load load =
        Load.run("tcp://127.0.0.1:1", flag, file.toString(), otherFlag, sameFile.toString());
    assertEquals(2, load.exitCode());
    String error = "sounder: " + flag + " and " + otherFlag + " are both ";
    assertTrue(load.err().startsWith(error), load.err());
    assertFalse(Files.exists(file));
  }

  @Test
  void twoResultsMayGoToOneDevice() {
    Load load = Load.run("tcp://127.0.0.1:1", "--json", "/dev/null", "--html", "/dev/null");
    assertEquals(3, load.exitCode(), load.err());
  }

  @Test
  void aRunWithoutAResultLeavesNoPageAndAnOldOneAlone() throws IOException {
    Path fresh = folder.resolve("new.html");
    Path old = folder.resolve("old.html");
    Files.writeString(old, "old");
    for (Path page : new Path[] {fresh, old}) {
      assertEquals(3, Load.run("tcp://127.0.0.1:1", "--html", page.toString()).exitCode());
    }
    assertFalse(Files.exists(fresh));
    assertEquals("old", Files.readString(old));
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void aFullDiskCostsThePageAndNotTheTable() throws IOException {
    try (TestPeer peer = new TestPeer(Scheme.TCP, 64, ECHO)) {
      Load load = Load.run(peer.url(), "-n", "10", "--html", "/dev/full", "--progress", "none");
      assertTrue(load.out().contains("every reply verified"), load.out());
      assertEquals("sounder: cannot write --html /dev/full: No space left on device\n", load.err());
      assertEquals(7, load.exitCode());
    }
  }
}
