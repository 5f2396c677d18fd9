package io.sounder.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sounder.client.fixture.DatagramServer;
import io.sounder.client.fixture.Run;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CommandLineTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "pong tcp://127.0.0.1:7 | unknown command 'pong'; did you mean ping?",
        "send --repaet 3 tcp://127.0.0.1:7 x | unknown flag '--repaet'; did you mean --repeat?",
        "time tcp://127.0.0.1:7 more | unexpected argument 'more'",
        "check | 'TARGET'",
        "check 127.0.0.1:7 | expected SCHEME://HOST:PORT",
        "check http://127.0.0.1:7 | known are tcp, tls, udp and unix",
        "check tcp://127.0.0.1:70000 | ports go from 0 to 65535",
        "check tcp://127.0.0.1:0 | a port from 1 to 65535",
        "check tcp://127.0.0.1:7?frame=line | frame=line has an unknown key; a tcp target has framing",
        "check tcp://127.0.0.1:7?framing=lines | allowed are raw, line, length, length-le",
        "check tcp://127.0.0.1:7?allow=any | allow=any is not for a tcp target",
        "ping tcp://127.0.0.1:7 --interval 5 | --interval: '5' is not a duration with a unit",
        "ping tcp://127.0.0.1:7 --interval 5parsec | --interval: '5parsec' is not a duration",
        "ping tcp://127.0.0.1:7 -n 0 | -n: allowed is 1 to",
        "ping tcp://127.0.0.1:7?reply=discard | there is no echo to time",
        "send tcp://127.0.0.1:7 x --wait never | nor is it forever",
        "send tcp://127.0.0.1:7 x --replies 0 | --replies: allowed is 1 and more",
        "send tcp://127.0.0.1:7 a\\q --escapes | '\\q' is no escape",
        "send tcp://127.0.0.1:7 - --repeat 3 | not for standard input",
        "send tcp://127.0.0.1:7?framing=line x --show-reads | a message is no single read",
        "time tcp://127.0.0.1:7 --retries 3.5 | '3.5' is not an int",
        "time udp://127.0.0.1:7?reply=echo | expects reply=time",
        "demo -d 0s | --duration 0s is out of range; allowed is more than 0s",
        "demo -d 99999h | --duration 99999h is out of range",
      })
  void aUsageErrorIsOneLineThatSaysWhatIsAllowed(String arguments, String said) {
    Run.of(arguments.split(" ")).failed(2, said);
  }

  @Test
  void withoutACommandItSaysWhichThereAre() {
    Run.of().failed(2, "no command given", "talk", "--help");
  }

  @Test
  void anErrorStaysOneLineWhateverTheUserTyped() {
    Run.of("check", "tcp://a\nb\u001b:7").failed(2, "is no host name");
  }

  @Test
  void aUnixPathThatIsTooLongIsAUsageError() {
    Run.of("check", "unix:///tmp/" + "x".repeat(104)).failed(2, "this one has 109", "at most");
  }

  @ParameterizedTest
  @ValueSource(strings = {"ping", "talk", "send", "check", "time", "report", "demo"})
  void eachCommandExplainsItselfWithExamples(String command) {
    String help = Run.of(command, "--help").succeeded();

    assertTrue(help.contains("Examples:"), help);
    assertTrue(help.contains("sounder " + command), help);
  }

  @ParameterizedTest
  @ValueSource(strings = {"--version", "-V"})
  void saysItsVersion(String flag) {
    assertTrue(Run.of(flag).succeeded().startsWith("sounder "));
  }

  @Test
  void theStackTraceComesOnlyWithVerbose() {
    String target = "unix:///nonexistent/sounder.sock";
    Run.of("check", target).failed(3, "refused");

    Run verbose = Run.of("check", "--verbose", target);

    assertEquals(3, verbose.exitCode());
    assertTrue(verbose.err().contains("\tat io.sounder.client."), verbose.err());
  }

  @ParameterizedTest
  @ValueSource(strings = {"--help", "--version"})
  void whatCannotBePrintedIsOneLineAndExitCodeSeven(String arguments) {
    Run.withoutReader(0, arguments.split(" ")).failed(7, "cannot write to standard output");
  }

  @ParameterizedTest
  @ValueSource(strings = {"check", "time", "load -n 10", "load -n 10 --json -", "ping -n 1"})
  void everyCommandNoticesThatNobodyReads(String command) throws IOException {
    try (DatagramServer server =
        DatagramServer.start(
            (datagram, number) -> List.of(datagram.length == 0 ? new byte[4] : datagram))) {
      List<String> line = new ArrayList<>(List.of(command.split(" ")));
      line.add(server.target());
      Run run = Run.withoutReader(0, line.toArray(new String[0]));
      assertEquals(7, run.exitCode(), run.err());
      assertEquals(
          1, run.err().lines().filter(said -> said.startsWith("sounder: ")).count(), run.err());
      assertTrue(run.err().contains("cannot write to standard output"), run.err());
    }
  }

  @Test
  void whatIsWorseThanALostOutputDecidesAboutTheExitCode() throws IOException {
    try (DatagramServer server = DatagramServer.echo()) {
      Run.withoutReader(0, "load", "-n", "10", "--progress", "none", server.target() + "?reply=ok")
          .failed(5, "cannot write to standard output");
    }
  }

  @Test
  @Timeout(20)
  void aPingThatNobodyReadsEnds() throws IOException {
    try (DatagramServer server = DatagramServer.echo()) {
      Run.withoutReader(200, "ping", server.target(), "--interval=10ms")
          .failed(7, "cannot write to standard output");
    }
  }

  @Test
  void talkSaysWhatEndsAFilter() {
    String help = Run.of("talk", "--help").succeeded();

    assertTrue(help.contains("ends when the server closes"), help);
    assertTrue(help.contains("send TARGET - --wait"), help);
  }

  @Test
  void argumentsThatBeginWithAnAtSignAreNotReadFromFiles() {
    Run.of("check", "@/etc/hostname").failed(2, "'@/etc/hostname' is no endpoint");
  }
}
