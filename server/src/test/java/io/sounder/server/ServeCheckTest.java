package io.sounder.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sounder.server.fixture.Certificates;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code serve --check} says what would be served, or why it cannot be, and serves nothing. */
class ServeCheckTest {
  @TempDir private Path directory;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "tcp://127.0.0.1:1?greeting=a {peer}&greeting=%2541%0A&reply=text:bye ",
        "tcp://:http?allow=private&max-connections=7 udp://:53000?allow=any unix:///tmp/s?framing=line",
        "tcp://127.0.0.1:0?delay=5ms:1&drop=0.1&keepalive=off --show --exit-after 5 --assist off",
        "tcp://127.0.0.1:0 --workers 3 --busy-poll off --stats off --admin off --buffer-budget 5MB",
        "tcp://127.0.0.1:0?proxy-protocol=required --admin 127.0.0.1:0 --admin-allow 10.0.0.0/8 --verbose"
      })
  void printsAFileThatGivesTheSameService(String arguments) throws IOException {
    Path given = directory.resolve("given.conf");
    Files.writeString(given, arguments.replaceAll(" (?=--|[a-z]+://)", "\n"));
    Outcome first = check("@" + given);
    assertEquals(ExitCode.OK, first.code, first.err);
    Path file = directory.resolve("checked.conf");
    Files.writeString(file, first.out);
    Outcome second = check("@" + file);
    assertEquals(ExitCode.OK, second.code, second.err);
    assertEquals(sayingNothingOfDefaults(first.out), sayingNothingOfDefaults(second.out));
    Files.writeString(file, second.out);
    assertEquals(second.out, check("@" + file).out, "a fixed point");
  }

  /** What is said of the default listeners, and of an admin port that was not asked for, may go. */
  private static String sayingNothingOfDefaults(String text) {
    return text.lines().filter(line -> !line.startsWith("#")).reduce("", (a, b) -> a + b + "\n");
  }

  @Test
  void tellsWhatHoldsWhereNothingWasSaid() {
    Outcome outcome =
        check("tcp://127.0.0.1:1?idle-timeout=7s", "udp://:2?allow=any", "--drain-timeout", "3s");
    for (String line :
        new String[] {
          "--drain-timeout 3s",
          "--workers " + ServerOptions.defaultWorkers(),
          "--buffer-budget ",
          "# --admin 127.0.0.1:8880 (default",
          "# tcp://127.0.0.1:1",
          "#   idle-timeout           7s",
          "#   write-timeout          1m (default)",
          "#   max-connections        auto: ",
          "#   rate-limit             1000, but for addresses on loopback (default)",
          "#   rate-limit-total       10000, but for addresses on loopback (default)",
          "#   rcvbuf                 4MiB (default)",
          "tcp://127.0.0.1:1?idle-timeout=7s",
          "udp://[::]:2?allow=any"
        }) {
      assertTrue(outcome.out.contains("\n" + line), line + " in " + outcome.out);
    }
    assertFalse(outcome.out.contains("#   max-frame"), "there is none under raw");
  }

  @Test
  void readsCertificatesAndOpensNothing() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String where = "tls://127.0.0.1:" + taken.getLocalPort();
      Outcome outcome = check(where + "?" + Certificates.keys("server"));
      assertEquals(ExitCode.OK, outcome.code, outcome.err);
      assertTrue(outcome.out.contains("its certificate expires at 20"), outcome.out);
      Outcome broken = check(where + "?cert=no.pem&key=no.pem");
      assertSays(broken, "sounder: cannot listen on " + where + ": no.pem: no such file");
    }
  }

  @Test
  void findsWhatCouldNotBeServed() throws IOException {
    assertSays(check("tcp://no-such-host.invalid:1"), "host 'no-such-host.invalid' is not known");
    assertSays(check("unix:///no/such/directory/s"), "its directory does not exist");
    assertSays(check("udp://0.0.0.0:1"), "needs allow=");
    assertSays(check("tcp://0.0.0.0:1?proxy-protocol=required"), "needs proxy-from=");
    assertSays(check("tcp://127.0.0.1:1?max-connections=100000000"), "max-connections: 100000000");
    Path file = directory.resolve("wrong.conf");
    Files.writeString(file, "tcp://127.0.0.1:1\n\nudp://0.0.0.0:1\n");
    assertSays(check("@" + file), "sounder: " + file + ":3: udp://0.0.0.0:1: a UDP listener");
  }

  @Test
  void findsTheExampleGood() throws IOException {
    Path example = Path.of(System.getProperty("sounder.root"), "server/packaging/serve.conf");
    Outcome outcome = check("@" + example);
    assertEquals(ExitCode.OK, outcome.code, outcome.err);
    String commented =
        Files.readString(example).replaceAll("(?m)^#(?=(tcp|udp|unix|tls|--)[^ ]*)", "");
    Path all = directory.resolve("all.conf");
    Files.writeString(
        all,
        commented
            .replace("/etc/sounder/tls/server.pem", Certificates.file("server.pem").toString())
            .replace(
                "/etc/sounder/tls/server-key.pem", Certificates.file("server-key.pem").toString())
            .replace("/etc/sounder/tls/clients.pem", Certificates.file("authority.pem").toString())
            .replace("/run/sounder", directory.toString()));
    Outcome withAll = check("@" + all);
    assertEquals(ExitCode.OK, withAll.code, withAll.err);
    assertEquals(11, withAll.out.lines().filter(line -> line.matches("[a-z]+://.*")).count());
  }

  private static void assertSays(Outcome outcome, String said) {
    assertEquals(ExitCode.USAGE, outcome.code, outcome.out);
    assertEquals(1, outcome.err.lines().count(), outcome.err);
    assertTrue(outcome.err.contains(said), outcome.err);
    assertEquals("", outcome.out);
  }

  private record Outcome(int code, String out, String err) {}

  @SuppressWarnings("SystemOut")
  private static Outcome check(String... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    PrintStream outBefore = System.out;
    PrintStream errBefore = System.err;
    System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
    System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
    try {
      String[] all = new String[arguments.length + 1];
      all[0] = "--check";
      System.arraycopy(arguments, 0, all, 1, arguments.length);
      int code = Main.run(all);
      return new Outcome(
          code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    } finally {
      System.setOut(outBefore);
      System.setErr(errBefore);
    }
  }
}
