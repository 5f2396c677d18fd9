package io.sounder.systems;

import java.util.List;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Raw echoes that are not ours: nothing is asked of them but to send back what they get. */
class ForeignEchoIT {
  private static final int REQUESTS = 3000;

  private static IntFunction<List<String>> command(String name) {
    return switch (name) {
      case "ncat" ->
          port -> List.of("ncat", "-l", "127.0.0.1", "" + port, "--keep-open", "-e", "/bin/cat");
      case "socat EXEC" -> port -> socat(port, "EXEC:/bin/cat");
      case "socat SYSTEM" -> port -> socat(port, "SYSTEM:cat");
      case "socat PIPE" -> port -> socat(port, "PIPE");
      default -> throw new IllegalArgumentException(name);
    };
  }

  private static List<String> socat(int port, String echo) {
    String listen = "TCP4-LISTEN:" + port + ",bind=127.0.0.1,nodelay,fork";
    return List.of("socat", listen, echo);
  }

  @ParameterizedTest
  @CsvSource({
    "ncat, 64, 1",
    "ncat, 64, 16",
    "ncat, 1000, 4",
    "socat EXEC, 64, 1",
    "socat EXEC, 8, 16",
    "socat EXEC, 20000, 2",
    "socat SYSTEM, 64, 8",
    "socat PIPE, 64, 8"
  })
  void everyPayloadIsVerified(String name, int size, int pipeline) throws Exception {
    try (ForeignServer server = ForeignServer.onTcp(command(name))) {
      LoadRunner.verified(
          REQUESTS, server.target("tcp"), "-c", "4", "-s", "" + size, "-p", "" + pipeline);
    }
  }

  @ParameterizedTest
  @CsvSource({"ncat, raw, hello {n} {random:30}\\n, 8", "socat EXEC, line, hello {n}, 8"})
  void everyMessageIsVerified(String name, String framing, String message, int pipeline)
      throws Exception {
    try (ForeignServer server = ForeignServer.onTcp(command(name))) {
      LoadRunner.verified(
          REQUESTS,
          server.target("tcp") + "?framing=" + framing,
          "-c",
          "4",
          "--message",
          message,
          "-p",
          "" + pipeline);
    }
  }

  @Test
  void datagramsAreVerified() throws Exception {
    // A process for each datagram: not many, and not at once.
    IntFunction<List<String>> socat =
        port -> List.of("socat", "UDP4-RECVFROM:" + port + ",bind=127.0.0.1,fork", "EXEC:/bin/cat");
    try (ForeignServer server = ForeignServer.echoOnUdp(socat)) {
      LoadRunner.verified(50, server.target("udp"), "-c", "1");
    }
  }
}
