package io.sounder.client.demo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The demo as a user starts it, by the runnable jars. */
class DemoIT {
  @TempDir Path folder;

  @Test
  void startsAServerLoadsItShowsTheReportAndStopsIt() throws IOException, InterruptedException {
    String out = demo();
    List<String> lines = out.lines().toList();
    assertTrue(lines.get(0).startsWith("server listening on tcp://127.0.0.1:"), out);
    assertTrue(lines.get(1).endsWith(" -c 64 -d 200ms --html report.html"), out);
    assertTrue(out.contains("VALID"), out);
    assertEquals("server stopped, exit 0", lines.get(lines.size() - 1));
    assertTrue(Files.readString(folder.resolve("report.html")).contains("VALID"));
  }

  @Test
  void aPageOfAnotherHandIsLeftAlone() throws IOException, InterruptedException {
    Path page = Files.writeString(folder.resolve("report.html"), "<p>mine");
    assertTrue(demo().lines().toList().get(1).endsWith(" -c 64 -d 200ms"));
    assertEquals("<p>mine", Files.readString(page));
    demo("--html", page.toString());
    assertTrue(Files.readString(page).contains("VALID"), "unless it is named");
  }

  /** Runs a short demo in the folder; what it says. */
  private String demo(String... flags) throws IOException, InterruptedException {
    ProcessBuilder demo =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1", // it runs for too short a time for more
            "-Dsounder.server.jar=" + System.getProperty("sounder.server.jar"),
            "-jar",
            System.getProperty("sounder.client.jar"),
            "demo",
            "-d",
            "200ms");
    demo.command().addAll(List.of(flags));
    Process process =
        demo.directory(folder.toFile()).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    String out = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertEquals(0, process.waitFor(), out);
    return out;
  }
}
