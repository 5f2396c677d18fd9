package io.sounder.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sounder.server.fixture.ServeProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * TLS with a client that is not Java's, with the certificates that {@code docs/security.md} says
 * how to make, and the keys that it says how to convert.
 */
@Timeout(60)
class TlsOpensslIT {
  private static final Pattern SHELL = Pattern.compile("```sh\n(openssl .*?)```", Pattern.DOTALL);
  private static final Pattern CONVERSION = Pattern.compile("convert it with: (openssl .*)");

  @TempDir private static Path folder;

  /** What a program said, and how it ended. */
  private record Outcome(int exitCode, String out, String err) {}

  @BeforeAll
  static void makeCertificatesAsDocumented() throws Exception {
    assumeTrue(isOnPath("openssl"), "openssl is not on PATH: it is the other side of this test");
    String page =
        Files.readString(Path.of(System.getProperty("sounder.root"), "docs", "security.md"));
    Matcher blocks = SHELL.matcher(page);
    int count = 0;
    while (blocks.find()) {
      Outcome made = run("", "sh", "-e", "-c", blocks.group(1));
      assertEquals(0, made.exitCode(), made.err());
      count++;
    }
    assertEquals(2, count, "a server's certificate, and a client's");
  }

  @Test
  void talksWithOpensslInBothVersionsAndNoOlderOne() throws Exception {
    try (ServeProcess serve = serve("framing=line&reply=ok&close-after=1").awaitReady()) {
      for (String version : new String[] {"-tls1_2", "-tls1_3"}) {
        Outcome outcome = connect(serve, "hello\n", version);
        assertEquals("OK...hello\n", outcome.out(), outcome.err());
        assertEquals(0, outcome.exitCode(), outcome.err());
      }
      for (String version : new String[] {"-tls1", "-tls1_1"}) {
        Outcome outcome = connect(serve, "hello\n", version, "-cipher", "ALL:@SECLEVEL=0");
        assertEquals("", outcome.out());
        assertTrue(outcome.err().contains("alert protocol version"), outcome.err());
      }
    }
  }

  @Test
  void answersOnlyWhoShowsACertificate() throws Exception {
    String authority = "client-ca=" + folder.resolve("ca.pem");
    try (ServeProcess serve = serve("framing=line&close-after=1&" + authority).awaitReady()) {
      Outcome known = connect(serve, "hello\n", "-cert", "client.pem", "-key", "client-key.pem");
      assertEquals("hello\n", known.out(), known.err());
      Outcome unknown = connect(serve, "hello\n");
      assertEquals("", unknown.out());
      assertTrue(unknown.err().contains("alert"), unknown.err());
      Outcome self = connect(serve, "hello\n", "-cert", "cert.pem", "-key", "key.pem");
      assertEquals("", self.out());
      assertTrue(self.err().contains("alert"), self.err());
    }
  }

  @Test
  void saysHowToConvertKeysThatItRefuses() throws Exception {
    refusesAndThenTakes("traditional.pem", "-traditional");
    refusesAndThenTakes("encrypted.pem", "-aes256", "-passout", "pass:secret");
  }

  private static void refusesAndThenTakes(String name, String... format) throws Exception {
    List<String> convert = new ArrayList<>(List.of("openssl", "pkey", "-in", "key.pem", "-out"));
    convert.add(name);
    convert.addAll(List.of(format));
    Outcome converted = run("", convert.toArray(new String[0]));
    assertEquals(0, converted.exitCode(), converted.err());
    String cert = "cert=" + folder.resolve("cert.pem");
    String said;
    try (ServeProcess refusing =
        ServeProcess.start(
            "--admin", "off", "tls://127.0.0.1:0?" + cert + "&key=" + folder.resolve(name))) {
      assertEquals(2, refusing.awaitExit());
      assertEquals(1, refusing.err().size(), refusing.err()::toString);
      said = refusing.err().get(0);
    }
    assertTrue(said.startsWith("sounder: cannot listen on tls://127.0.0.1:0: " + folder), said);
    Matcher command = CONVERSION.matcher(said);
    assertTrue(command.find(), said);
    Path own = Files.createDirectories(folder.resolve("own-" + name));
    String asSaid = "cd " + own + " && " + command.group(1) + " -passin pass:secret";
    Outcome back = run("", "sh", "-c", asSaid);
    assertEquals(0, back.exitCode(), back.err());
    try (ServeProcess taking =
        ServeProcess.start(
            "--admin", "off", "tls://127.0.0.1:0?" + cert + "&key=" + own.resolve("key.pem"))) {
      taking.awaitReady();
    }
  }

  private static ServeProcess serve(String query) throws IOException {
    return ServeProcess.start(
        "--admin",
        "off",
        "tls://127.0.0.1:0?cert="
            + folder.resolve("cert.pem")
            + "&key="
            + folder.resolve("key.pem")
            + "&"
            + query);
  }

  private static Outcome connect(ServeProcess serve, String text, String... more) throws Exception {
    String place = "127.0.0.1:" + serve.endpoint(0).port();
    List<String> command =
        new ArrayList<>(List.of("openssl", "s_client", "-connect", place, "-CAfile", "cert.pem"));
    command.addAll(List.of("-verify_return_error", "-quiet"));
    command.addAll(List.of(more));
    return run(text, command.toArray(new String[0]));
  }

  private static boolean isOnPath(String program) {
    for (String directory : System.getenv("PATH").split(":", -1)) {
      if (Files.isExecutable(Path.of(directory, program))) {
        return true;
      }
    }
    return false;
  }

  private static Outcome run(String input, String... command) throws Exception {
    Path in = Files.writeString(Files.createTempFile(folder, "in", ""), input);
    Path out = Files.createTempFile(folder, "out", "");
    Path err = Files.createTempFile(folder, "err", "");
    Process process =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectInput(in.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile())
            .start();
    try {
      assertTrue(process.waitFor(20, TimeUnit.SECONDS), () -> "does not end: " + List.of(command));
    } finally {
      process.destroyForcibly();
    }
    return new Outcome(
        process.exitValue(), Files.readString(out, UTF_8), Files.readString(err, UTF_8));
  }
}
