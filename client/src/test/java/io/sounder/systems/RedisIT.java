package io.sounder.systems;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import io.sounder.client.fixture.Run;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A real Redis, which is no echo: inline commands and RESP, one at a time and pipelined. */
class RedisIT {
  private static final int REQUESTS = 5000;

  private static ForeignServer redis;

  @BeforeAll
  static void start(@TempDir Path folder) throws Exception {
    redis =
        ForeignServer.onTcp(
            port ->
                List.of(
                    "redis-server",
                    "--bind",
                    "127.0.0.1",
                    "--port",
                    "" + port,
                    "--save",
                    "",
                    "--dir",
                    folder.toString()));
  }

  @AfterAll
  static void stop() throws Exception {
    if (redis != null) {
      redis.close();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          raw  | PING\\r\\n                           | +PONG\\r\\n                | 1
          raw  | PING\\r\\n                           | +PONG\\r\\n                | 16
          line | PING                                 | +PONG                      | 16
          raw  | *1\\r\\n$4\\r\\nPING\\r\\n           | +PONG\\r\\n                | 16
          raw  | SET k{n} v{n}\\r\\n                  | +OK\\r\\n                  | 4
          raw  | *2\\r\\n$4\\r\\nECHO\\r\\n$9\\r\\n{random:9}\\r\\n | $9\\r\\n{random:9}\\r\\n | 16
          raw  | ECHO {n}\\r\\n                       | re:\\$\\d+\\r\\n\\d+\\r\\n | 16
          raw  | ECHO {hex:12}\\r\\n                  | length:19                  | 16
          raw  | INCR counter\\r\\n                   | until:\\r\\n               | 16
          line | INCR counter                         | re::\\d+                   | 16
          line | GET nothing                          | $-1                        | 1
          """)
  void everyReplyIsVerified(String framing, String message, String expect, int pipeline)
      throws Exception {
    LoadRunner.verified(
        REQUESTS,
        redis.target("tcp") + "?framing=" + framing,
        "-c",
        "8",
        "--message",
        message,
        "--expect",
        expect,
        "-p",
        "" + pipeline);
  }

  @Test
  void whatWasSetIsWhatIsGot() throws Exception {
    String[] set = {"--message", "SET key:{n:8} value-{n:8}\\r\\n", "--expect", "+OK\\r\\n"};
    String[] get = {"--message", "GET key:{n:8}\\r\\n", "--expect", "$14\\r\\nvalue-{n:8}\\r\\n"};
    for (String[] flags : List.of(set, get)) { // with one connection there are no gaps
      LoadRunner.verified(
          REQUESTS, redis.target("tcp"), flags[0], flags[1], flags[2], flags[3], "-c", "1");
    }
  }

  @Test
  void aFileOfCommandsIsSentInTurn(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("commands");
    Files.writeString(
        file, "SET a{connection} {n}\\r\\n\nGET a{connection}\\r\\n\nDEL a{connection}\\r\\n\n");
    LoadRunner.verified(
        REQUESTS,
        redis.target("tcp"),
        "--message-file",
        file.toString(),
        "--expect",
        "re:(\\+OK|\\$\\d+\r\n\\d+|:1)\r\n",
        "-p",
        "6");
  }

  @Test
  void anErrorInPlaceOfAReplyIsCorruptAndTheConnectionsLiveOn() throws Exception {
    Run.of("send", redis.target("tcp"), "SET text abc\\r\\n", "--escapes", "--replies", "1")
        .succeeded();
    JsonNode json =
        LoadRunner.run(
            5,
            REQUESTS,
            redis.target("tcp"),
            "-c",
            "4",
            "-p",
            "8",
            "--message",
            "INCR text\\r\\n",
            "--expect",
            ":1\\r\\n");
    assertEquals(REQUESTS, json.at("/requests/wrong/corrupt").asInt(), json::toPrettyString);
    assertEquals(4, json.at("/connections/opened").asInt(), json::toPrettyString);
  }
}
