package io.sounder.systems;

import static io.sounder.systems.Programs.sounder;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Recipes 10, 12, 13 and 14: servers that speak first, and messages that stick together. */
class GreetingSystemsIT {
  private static final String GREETER = "tcp://127.0.0.1:0?greeting=连接成功&close-after=0";
  private static final String STICKY =
      "tcp://127.0.0.1:0?greeting=hello,%20&greeting=world&close-after=0";
  private static final String LENGTHS =
      "tcp://127.0.0.1:0?framing=length-le&greeting=这是第{n}次发送的数据&greeting-repeat=10&close-after=0";
  private static final String TEN_MESSAGES =
      "tcp://127.0.0.1:0?greeting=连接上了....&reply=discard&close-after=10";
  private static final String REPLACING = "tcp://127.0.0.1:0?reply=replace:发送:接收";

  /** Far enough apart that each message is a read of its own, on a machine that is busy too. */
  private static final int INTERVAL_MILLIS = 200;

  @RegisterExtension
  static final OurServer SERVER = OurServer.with(GREETER, STICKY, LENGTHS, TEN_MESSAGES, REPLACING);

  @ParameterizedTest
  @EnumSource
  void whoeverConnectsIsGreetedAndLetGo(Pairing pairing) throws Exception {
    try (Meeting meeting =
        new Meeting(pairing, SERVER).server(GREETER, "greet_and_close_server.py", "连接成功")) {
      Program client =
          meeting.client(
              meeting.original("one_shot_client.py"), sounder("send", meeting.target(""), ""));

      assertEquals("连接成功", client.out().strip(), client::toString);
      assertEquals(0, client.exitCode());
      assertEquals(
          new Wire().server("连接成功").serverEnds().clientEnds().toString(),
          meeting.wire().toString());
    }
  }

  @ParameterizedTest
  @EnumSource
  void twoSendsAreOneStreamHoweverTheyAreRead(Pairing pairing) throws Exception {
    try (Meeting meeting =
        new Meeting(pairing, SERVER)
            .server(STICKY, "greet_and_close_server.py", "hello, ", "world")) {
      Program client =
          meeting.client(
              meeting.original("two_reads_client.py"),
              sounder("send", meeting.target(""), "", "--show-reads"));

      assertEquals(0, client.exitCode(), client::toString);
      assertEquals(
          new Wire().server("hello, world").serverEnds().clientEnds().toString(),
          meeting.wire().toString());
      if (pairing.clientIsOurs()) {
        assertReadsAreOf("hello, world", client.out());
      }
    }
  }

  /** One read or two: what they hold together, and that the end is told. */
  private static void assertReadsAreOf(String stream, String shown) {
    StringBuilder together = new StringBuilder();
    Matcher read = Pattern.compile("read (\\d+) bytes?: (.*)\n").matcher(shown);
    while (read.find() && !read.group(1).equals("0")) {
      assertEquals(read.group(2).length(), Integer.parseInt(read.group(1)), shown);
      together.append(read.group(2));
    }
    assertEquals(stream, together.toString(), shown);
    assertTrue(shown.endsWith("read 0 bytes: end of stream, the peer closed\n"), shown);
  }

  @ParameterizedTest
  @EnumSource
  void tenMessagesBehindTheirLengthsAreReadApart(Pairing pairing) throws Exception {
    try (Meeting meeting = new Meeting(pairing, SERVER).server(LENGTHS, "length_server.py")) {
      Program client =
          meeting.client(
              meeting.original("length_client.py"),
              sounder("talk", meeting.target("?framing=length-le")));

      String messages =
          String.join("", IntStream.rangeClosed(1, 10).mapToObj(n -> message(n) + "\n").toList());
      assertEquals(messages, client.out(), client::toString);
      assertEquals(0, client.exitCode());
      Wire expected = new Wire();
      for (int n = 1; n <= 10; n++) {
        expected.server(n < 10 ? "\u001c\0\0\0" : "\u001d\0\0\0").server(message(n));
      }
      assertEquals(expected.serverEnds().clientEnds().toString(), meeting.wire().toString());
    }
  }

  private static String message(int n) {
    return "这是第" + n + "次发送的数据";
  }

  @ParameterizedTest
  @EnumSource
  void tenMessagesAreTakenAndPrintedAndNotAnswered(Pairing pairing) throws Exception {
    try (Meeting meeting =
        new Meeting(pairing, SERVER).server(TEN_MESSAGES, "threading_server.py")) {
      Program client =
          meeting.client(
              meeting.original("ten_messages_client.py", "" + INTERVAL_MILLIS / 1000.0),
              sounder(
                  "send",
                  meeting.target(""),
                  "[客户端]这是我发的第{n}条消息",
                  "--repeat",
                  "10",
                  "--count-from",
                  "0",
                  "--interval",
                  INTERVAL_MILLIS + "ms"));

      assertEquals("连接上了....", client.out().strip(), client::toString);
      assertEquals(0, client.exitCode());
      List<String> messages =
          IntStream.range(0, 10).mapToObj(n -> "[客户端]这是我发的第" + n + "条消息").toList();
      assertEquals(
          new Wire()
              .server("连接上了....")
              .client(String.join("", messages))
              .serverEnds()
              .clientEnds()
              .bySide(),
          meeting.wire().bySide());
      assertEquals(messages, printed(meeting, pairing));
    }
  }

  /** What the server printed of this meeting's messages, without what ours puts before each. */
  private static List<String> printed(Meeting meeting, Pairing pairing)
      throws InterruptedException {
    Program server = pairing.serverIsOurs() ? SERVER.program() : meeting.originalServer();
    String beginning =
        pairing.serverIsOurs()
            ? "\\d\\d:\\d\\d:\\d\\d\\.\\d{3} "
                + Pattern.quote(SERVER.endpoint(TEN_MESSAGES))
                + " 127\\.0\\.0\\.1:"
                + meeting.streams().connection(0).portAtServer()
                + " \\d+ "
            : "";
    Pattern line = Pattern.compile("^" + beginning + "(\\[客户端\\].*)\n", Pattern.MULTILINE);
    return line.matcher(server.awaitOut(all -> line.matcher(all).results().count() >= 10))
        .results()
        .map(found -> found.group(1))
        .toList();
  }

  @ParameterizedTest
  @EnumSource(names = {"ORIGINAL_CLIENT_TO_OUR_SERVER", "OUR_CLIENT_TO_OUR_SERVER"})
  void ourOwnVariantAnswersWithTheWordReplaced(Pairing pairing) throws Exception {
    try (Meeting meeting = new Meeting(pairing, SERVER).server(REPLACING, "none")) {
      Program client =
          meeting.client(
              meeting.original("tcp_echo_client.py"),
              sounder("send", meeting.target(""), "发送发送, 收发", "--replies", "1"));
      if (!pairing.clientIsOurs()) {
        client.type("发送发送, 收发\n").endInput();
      }

      assertEquals(0, client.exitCode(), client::toString);
      assertEquals(
          new Wire().client("发送发送, 收发").server("接收接收, 收发").clientEnds().serverEnds().toString(),
          meeting.wire().toString());
    }
  }
}
