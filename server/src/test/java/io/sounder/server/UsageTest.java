package io.sounder.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is wrong on the command line is told in one line, before anything is opened. */
class UsageTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          --no-such-flag                        | Unknown option: '--no-such-flag'
          --metrics                             | Unknown option: '--metrics'; see
          --wokers=2                            | Unknown option: '--wokers=2'; did you mean --workers?
          --workers=many                        | 'many' is not an int
          --workers=-1                          | --workers -1 is out of range; allowed is 0 to 1024
          --workers=2000                        | --workers 2000 is out of range
          --assist=on                           | --assist on is not valid; allowed are auto and off
          --workers=0 --assist=off              | --assist off needs workers
          --busy-poll=1                         | --busy-poll 1 is not valid
          --busy-poll=1001us                    | --busy-poll 1001us is out of range; allowed is up to 1ms, or off
          --exit-after=0                        | --exit-after 0 is not valid; allowed is 1 or more
          --exit-after=x                        | --exit-after x is not valid
          --drain-timeout=10                    | --drain-timeout 10 is not valid
          --lame-duck=5days                     | --lame-duck 5days is not valid
          --stats=never                         | --stats never is not valid
          --admin=8880                          | --admin 8880 is not valid: expected HOST:PORT
          --admin=0.0.0.0:8880                  | --admin 0.0.0.0:8880 is not valid: beyond loopback it needs --admin-token FILE, or --admin-tls-cert, --admin-tls-key and --admin-client-ca; or stay on 127.0.0.1:8880
          --admin=[::]:8880 --admin-allow=any   | --admin [::]:8880 is not valid: beyond loopback it needs --admin-token FILE
          --admin-token=/no/such/file           | --admin-token /no/such/file is not valid: no such file
          --admin-tls-cert=cert.pem             | --admin-tls-cert and --admin-tls-key need each other
          --admin-client-ca=ca.pem              | --admin-client-ca needs --admin-tls-cert and --admin-tls-key
          --admin-tls-cert=no.pem --admin-tls-key=no.pem | the admin port cannot speak TLS: no.pem: no such file
          --admin-allow=10.0.0.0/40             | --admin-allow 10.0.0.0/40 is not valid: '10.0.0.0/40' needs a prefix length from 0 to 32
          --buffer-budget=1000                  | --buffer-budget 1000 is out of range; allowed is 1MiB to
          --buffer-budget=1TB                   | --buffer-budget 1TB is not valid: '1TB' is not a size
          --buffer-budget=1000GiB               | --buffer-budget 1000GiB is out of range; allowed is 1MiB to
          tcp://127.0.0.1:70000                 | port 70000 is out of range; ports go from 0 to 65535
          tcp://127.0.0.1:no-such-service       | couldn't find the port of service 'no-such-service'
          ssl://127.0.0.1:8888                  | 'ssl' in ssl://127.0.0.1:8888 is no scheme
          tpc://127.0.0.1:8888                  | 'tpc' in tpc://127.0.0.1:8888 is no scheme (did you mean tcp?)
          tcp://127.0.0.1:0?reply=ehco          | (did you mean echo?)
          tcp://127.0.0.1:0?reply=tetx:hi       | (did you mean text?)
          tcp://127.0.0.1:0?framing=lenght      | (did you mean length?)
          --drain-timeout=10sec                 | --drain-timeout 10sec is not valid: '10sec' is not a duration with a unit (ns, us, ms, s, m or h), such as 1.5s (did you mean 10s?)
          tls://127.0.0.1:8888                  | a tls listener needs cert=FILE and key=FILE
          tls://127.0.0.1:0?cert=no.pem&key=no.pem | cannot listen on tls://127.0.0.1:0: no.pem: no such file; give the path of a PEM file
          127.0.0.1:8888                        | is no endpoint; expected SCHEME://HOST:PORT
          tcp://127.0.0.1:0?faults=all          | has an unknown key; a
          tcp://127.0.0.1:0?framming=line       | has an unknown key (did you mean framing?); a
          tcp://127.0.0.1:0?idle-timeout=5      | idle-timeout=5
          tcp://127.0.0.1:0?idle-timeout=5d     | idle-timeout=5d
          tcp://127.0.0.1:0?framing=json        | framing=json
          tcp://127.0.0.1:0?reply=shout         | reply=shout
          tcp://127.0.0.1:0?max-connections=0   | max-connections=0
          tcp://127.0.0.1:0?max-connections-per-ip=0 | max-connections-per-ip=0 is not valid: allowed is off, or 1 to
          tcp://127.0.0.1:0?keepalive=off&keepalive-idle=1s | keepalive-idle=1s does not go with keepalive=off
          tcp://127.0.0.1:0?rate-limit=5        | rate-limit=5 is not for a tcp listener
          udp://127.0.0.1:0?deny=nobody         | deny=nobody is not valid: 'nobody' is neither an address nor a block
          tcp://127.0.0.1:0?drop=101            | drop=101 is not valid: '101' percent is more than all; allowed is 0 to 100
          tcp://127.0.0.1:0?delay=5             | delay=5 is not valid: '5' is not a duration with a unit
          tcp://127.0.0.1:0?reorder=1           | reorder=1 is not for a tcp listener
          unix:///tmp/s?rst=1                   | rst=1 is not for a unix listener
          unix://relative/path                  | a Unix socket needs an absolute path
          @/no/such/file                        | cannot read the file /no/such/file
          """)
  void isToldInOneLineThatSaysWhatAndWhy(String arguments, String said) {
    Outcome outcome = serve(arguments.split(" "));
    assertEquals(ExitCode.USAGE, outcome.code, outcome.err);
    assertEquals(1, outcome.err.lines().count(), outcome.err);
    assertTrue(outcome.err.startsWith("sounder: "), outcome.err);
    assertTrue(outcome.err.contains(said), outcome.err);
    assertEquals("", outcome.out);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          --workers 2000                 | :3: --workers 2000 is out of range
          --workers=2000                 | :3: --workers 2000 is out of range
          --workers many                 | :3: Invalid value for option '--workers'
          --stats never                  | :3: --stats never is not valid
          --no-such-flag                 | :3: Unknown option: '--no-such-flag'
          tcp://127.0.0.1:0?framming=line | :3: tcp://127.0.0.1:0?framming=line: framming=line has an unknown key (did you mean framing?)
          udp://:0                       | :3: udp://:0: a UDP listener that is not on loopback needs
          tls://127.0.0.1:0?cert=no.pem&key=no.pem | :3: cannot listen on tls://127.0.0.1:0: no.pem
          @/etc/other.conf               | :3: a file cannot name another
          """)
  void isToldWithItsPlaceInAFile(String line, String said, @TempDir Path directory)
      throws IOException {
    Path file = directory.resolve("serve.conf");
    Files.writeString(file, "# ours\n\n" + line + "\n--drain-timeout 1s\n--admin off\n");
    Outcome outcome = serve("unix:///tmp/sounder-usage-test.sock", "@" + file);
    assertEquals(ExitCode.USAGE, outcome.code, outcome.err);
    assertEquals(1, outcome.err.lines().count(), outcome.err);
    assertTrue(outcome.err.startsWith("sounder: " + file + said), outcome.err);
  }

  @Test
  void isToldWithoutAPlaceWhereItIsOnTheCommandLine(@TempDir Path directory) throws IOException {
    Path file = directory.resolve("serve.conf");
    Files.writeString(file, "tcp://127.0.0.1:0\n--drain-timeout 1s\n");
    Outcome outcome = serve("@" + file, "--workers=2000");
    assertTrue(outcome.err.startsWith("sounder: --workers 2000"), outcome.err);
  }

  @Test
  void refusesAFileThatIsNotText(@TempDir Path directory) throws IOException {
    Path file = directory.resolve("serve.conf");
    Files.write(file, new byte[] {'t', (byte) 0xff});
    Outcome outcome = serve("@" + file);
    assertEquals(ExitCode.USAGE, outcome.code);
    assertTrue(outcome.err.contains("it is not UTF-8"), outcome.err);
  }

  @Test
  void refusesASocketPathThatIsTooLong() {
    Outcome outcome = serve("unix:///" + "x".repeat(106));
    assertEquals(ExitCode.USAGE, outcome.code);
    assertTrue(outcome.err.contains("a Unix socket path has at most 106 bytes"), outcome.err);
  }

  @Test
  void helpsWithExamplesAndExitCodes() {
    Outcome outcome = serve("--help");
    assertEquals(ExitCode.OK, outcome.code);
    for (String part : new String[] {"--workers", "sounder serve tcp://", "Exit codes:"}) {
      assertTrue(outcome.out.contains(part), part);
    }
    assertFalse(outcome.out.contains("@|"), "markup that was not understood");
    assertEquals("", outcome.err);
  }

  private record Outcome(int code, String out, String err) {}

  @SuppressWarnings("SystemOut")
  private static Outcome serve(String... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    PrintStream outBefore = System.out;
    PrintStream errBefore = System.err;
    System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
    System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
    try {
      int code = Main.run(arguments);
      return new Outcome(
          code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    } finally {
      System.setOut(outBefore);
      System.setErr(errBefore);
    }
  }
}
