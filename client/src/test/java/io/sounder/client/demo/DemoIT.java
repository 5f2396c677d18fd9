package io.sounder.client.demo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The demo as a user starts it, by the runnable jars. */
class DemoIT {
  @Test
  void startsAServerLoadsItShowsTheReportAndStopsIt() throws IOException, InterruptedException {
    Process demo =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Dsounder.server.jar=" + System.getProperty("sounder.server.jar"),
                "-jar",
                System.getProperty("sounder.client.jar"),
                "demo",
                "-d",
                "1s")
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String out = new String(demo.getInputStream().readAllBytes(), UTF_8);

    assertEquals(0, demo.waitFor(), out);
    List<String> lines = out.lines().toList();
    assertTrue(lines.get(0).startsWith("server listening on tcp://127.0.0.1:"), out);
    assertTrue(lines.get(1).endsWith(" -c 64 -d 1s"), out);
    assertTrue(out.contains("VALID"), out);
    assertEquals("server stopped, exit 0", lines.get(lines.size() - 1));
  }
}
