package io.sounder.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sounder.server.fixture.Eventually;
import io.sounder.server.fixture.ServeProcess;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The runnable jar under a supervisor: told of through a socket such as systemd's, and given a
 * socket that listens already.
 */
@Timeout(60)
class SupervisedIT {
  private static final Path SCRIPTS =
      Path.of(System.getProperty("sounder.root"), "server/src/test/resources/supervise");

  @TempDir private Path directory;

  @Test
  void saysWhenItIsReadyThatItLivesAndThatItEnds() throws Exception {
    assumeTrue(isOnPath("python3") && isOnPath("systemd-notify"), "no python3 or systemd-notify");
    Path listener = directory.resolve("echo");
    Path socket = directory.resolve("notify");
    Process supervisor = python("supervisor.py", socket.toString(), listener.toString());
    List<String> heard = gather(supervisor);
    Eventually.isTrue("the supervisor listens", () -> heard.contains("listening"));
    try (ServeProcess serve =
        ServeProcess.startWith(
            List.of("env", "NOTIFY_SOCKET=" + socket, "WATCHDOG_USEC=200000"),
            "--admin",
            "off",
            "--lame-duck",
            "300ms",
            "unix://" + listener)) {
      Eventually.isTrue("a sign of life", () -> heard.contains("WATCHDOG=1"));
      serve.signal("TERM");
      Eventually.isTrue("the end", () -> heard.stream().anyMatch(l -> l.startsWith("STOPPING=1")));
      assertTrue(serve.isAlive(), "said at the beginning of the end, lame duck included");
      assertEquals(0, serve.awaitExit());
    } finally {
      supervisor.destroyForcibly();
    }
    assertEquals("READY=1 STATUS=serving 1 listeners (listener open)", heard.get(1));
    assertTrue(heard.contains("STOPPING=1 STATUS=draining (listener open)"), heard::toString);
  }

  @Test
  void takesOverATcpSocketAndLeavesWhoeverWaitsToTheNext() throws Exception {
    assumeTrue(isOnPath("python3"), "no python3");
    leavesWhoeverWaitsToTheNext("tcp://127.0.0.1:0");
  }

  @Test
  void takesOverAUnixSocketAndLeavesItsFile() throws Exception {
    assumeTrue(isOnPath("python3"), "no python3");
    Path file = directory.resolve("s");
    leavesWhoeverWaitsToTheNext("unix://" + file);
    assertTrue(Files.exists(file), "it belongs to whoever bound it");
  }

  /** Python holds the socket, and starts the service with it, twice. */
  private void leavesWhoeverWaitsToTheNext(String url) throws Exception {
    Process parent = python("hand_over.py", url, "2", javaPath(), jar(), "--admin", "off");
    List<String> said = gather(parent);
    assertTrue(parent.waitFor() == 0, said::toString);
    assertEquals(
        List.of(
            "1: echoed", "1: ended with 0, saying so", "2: echoed", "2: ended with 0, saying so"),
        said.subList(1, said.size()),
        said::toString);
  }

  @Test
  void refusesAUdpSocket() throws Exception {
    assumeTrue(isOnPath("python3"), "no python3");
    Process parent =
        python("hand_over.py", "udp://127.0.0.1:0", "foreign", javaPath(), jar(), "--admin", "off");
    List<String> said = gather(parent);
    assertEquals(2, parent.waitFor(), said::toString);
    Eventually.isTrue("one line", () -> said.size() == 2);
    assertTrue(
        said.get(1).startsWith("sounder: standard input is a UDP socket at 127.0.0.1:"),
        said::toString);
  }

  @Test
  void refusesASocketThatNoListenerWants() throws Exception {
    assumeTrue(isOnPath("python3"), "no python3");
    Process parent =
        python("hand_over.py", "tcp://127.0.0.1:0", "foreign", javaPath(), jar(), "--admin", "off");
    List<String> said = gather(parent);
    assertEquals(2, parent.waitFor(), said::toString);
    Eventually.isTrue("one line", () -> said.size() == 2);
    assertTrue(
        said.get(1).startsWith("sounder: standard input is a socket that listens at 127.0.0.1:")
            && said.get(1).contains("no listener has its address"),
        said::toString);
  }

  private static Process python(String script, String... arguments) throws IOException {
    List<String> command =
        Stream.concat(
                Stream.of("python3", SCRIPTS.resolve(script).toString()), Stream.of(arguments))
            .toList();
    return new ProcessBuilder(command).redirectErrorStream(true).start();
  }

  private static List<String> gather(Process process) {
    List<String> lines = Collections.synchronizedList(new ArrayList<>());
    Thread reader =
        new Thread(
            () -> {
              try (BufferedReader text =
                  new BufferedReader(
                      new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
                text.lines().forEach(lines::add);
              } catch (IOException | UncheckedIOException e) {
                lines.add("(lost)"); // the program was ended
              }
            },
            "gather");
    reader.setDaemon(true);
    reader.start();
    return lines;
  }

  private static String javaPath() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  private static String jar() {
    return System.getProperty("sounder.server.jar");
  }

  private static boolean isOnPath(String program) {
    return Stream.of(System.getenv("PATH").split(File.pathSeparator))
        .anyMatch(each -> Files.isExecutable(Path.of(each, program)));
  }
}
