package io.sounder.systems;

import static io.sounder.systems.Programs.atTerminal;
import static io.sounder.systems.Programs.sounder;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Recipes 1, 3, 4 and 5: echo over TCP and UDP, and servers that answer once. */
class EchoSystemsIT {
  private static final String ECHO = "tcp://127.0.0.1:0";
  private static final String UDP_ECHO = "udp://127.0.0.1:0";
  private static final String ONE_SHOT = "tcp://127.0.0.1:0?close-after=1";
  private static final String OK_ONCE = "tcp://127.0.0.1:0?reply=ok&close-after=1";

  private static final String PROMPT = "Please input some string > ";
  private static final String CTRL_D = "\u0004";

  @RegisterExtension
  static final OurServer SERVER = OurServer.with(ECHO, UDP_ECHO, ONE_SHOT, OK_ONCE);

  @ParameterizedTest
  @EnumSource
  void echoesManyMessagesOnAConnectionAndPromptsAgainForAnEmptyOne(Pairing pairing)
      throws Exception {
    try (Meeting meeting = new Meeting(pairing, SERVER).server(ECHO, "tcp_echo_server.py")) {
      Program client =
          meeting.client(
              atTerminal(meeting.original("tcp_echo_client.py")),
              atTerminal(sounder("talk", meeting.target(""))));

      answerPrompts(client, "hello\r", "\r", "w\u00f6rld\r", CTRL_D);

      assertEquals(0, client.exitCode(), client::toString);
      assertEquals(
          """
          Please input some string > hello
          hello
          Please input some string >\s
          input can't empty, Please input again..
          Please input some string > w\u00f6rld
          w\u00f6rld
          Please input some string >\s"""
              .replace("\n", "\r\n"),
          client.out());
      assertEquals(
          new Wire()
              .client("hello")
              .server("hello")
              .client("w\u00f6rld")
              .server("w\u00f6rld")
              .clientEnds()
              .serverEnds()
              .toString(),
          meeting.wire().toString());
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"OUR_CLIENT_TO_ORIGINAL_SERVER", "OUR_CLIENT_TO_OUR_SERVER"})
  void talkOnAPipeIsAFilterThatPromptsForNothing(Pairing pairing) throws Exception {
    try (Meeting meeting = new Meeting(pairing, SERVER).server(ECHO, "tcp_echo_server.py")) {
      Program client = meeting.start(sounder("talk", meeting.target("")));

      client.type("hello\n\nworld\n").endInput();

      assertEquals("hello\n\nworld\n", client.out(), client::toString);
      assertEquals("", client.err());
      assertEquals(0, client.exitCode());
      assertEquals(
          new Wire()
              .client("hello\n\nworld\n")
              .server("hello\n\nworld\n")
              .clientEnds()
              .serverEnds()
              .bySide(),
          meeting.wire().bySide());
    }
  }

  @ParameterizedTest
  @EnumSource
  void datagramsComeBackAndAnEmptyOneDoesToo(Pairing pairing) throws Exception {
    try (Meeting meeting = new Meeting(pairing, SERVER).server(UDP_ECHO, "udp_echo_server.py")) {
      Program client =
          meeting.client(
              atTerminal(meeting.original("udp_echo_client.py")),
              atTerminal(sounder("talk", meeting.target(""))));

      answerPrompts(client, "hello\r", "\r", "w\u00f6rld\r", CTRL_D);

      assertEquals(0, client.exitCode(), client::toString);
      assertEquals(
          """
          Please input some string > hello
          hello
          Please input some string >\s

          Please input some string > w\u00f6rld
          w\u00f6rld
          Please input some string >\s"""
              .replace("\n", "\r\n"),
          client.out());
      assertEquals(
          new Wire()
              .clientDatagram("hello")
              .serverDatagram("hello")
              .clientDatagram("")
              .serverDatagram("")
              .clientDatagram("w\u00f6rld")
              .serverDatagram("w\u00f6rld")
              .toString(),
          meeting.datagrams().whole(6).toString());
    }
  }

  @ParameterizedTest
  @EnumSource
  void aDatagramAbove1024BytesComesBackWhole(Pairing pairing) throws Exception {
    String text = "0123456789".repeat(200);
    try (Meeting meeting = new Meeting(pairing, SERVER).server(UDP_ECHO, "udp_echo_server.py")) {
      Program client =
          meeting.client(
              meeting.original("udp_echo_client.py"),
              sounder("send", meeting.target(""), text, "--replies", "1"));
      if (!pairing.clientIsOurs()) {
        client.type(text + "\n").endInput();
      }

      assertEquals(0, client.exitCode(), client::toString);
      assertEquals(
          new Wire().clientDatagram(text).serverDatagram(text).toString(),
          meeting.datagrams().whole(2).toString());
    }
  }

  @ParameterizedTest
  @EnumSource
  void oneShotServerEchoesOneMessageAndCloses(Pairing pairing) throws Exception {
    try (Meeting meeting = new Meeting(pairing, SERVER).server(ONE_SHOT, "one_shot_server.py")) {
      Program client =
          meeting.client(
              meeting.original("one_shot_client.py", "hello"),
              sounder("send", meeting.target(""), "hello"));

      assertEquals("hello", client.out().strip(), client::toString);
      assertEquals(0, client.exitCode());
      assertEquals(
          new Wire().client("hello").server("hello").serverEnds().clientEnds().toString(),
          meeting.wire().toString());
    }
  }

  @ParameterizedTest
  @EnumSource
  void okServerAnswersOneExchangePerConnection(Pairing pairing) throws Exception {
    try (Meeting meeting =
        new Meeting(pairing, SERVER).server(OK_ONCE, "one_shot_server.py", "OK...")) {
      for (int exchange = 0; exchange < 2; exchange++) {
        Program client =
            meeting.client(
                meeting.original("one_shot_client.py", "hello"),
                sounder("send", meeting.target(""), "hello"));

        assertEquals("OK...hello", client.out().strip(), client::toString);
        assertEquals(0, client.exitCode());
        assertEquals(
            new Wire().client("hello").server("OK...hello").serverEnds().clientEnds().toString(),
            meeting.streams().connection(exchange).whole().toString());
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void okServerOutlivesAClientThatLeavesWithoutAWord(Pairing pairing) throws Exception {
    try (Meeting meeting =
        new Meeting(pairing, SERVER).server(OK_ONCE, "one_shot_server.py", "OK...")) {
      Program leaver =
          meeting.client(
              meeting.original("connect_and_leave.py"), sounder("check", meeting.target("")));
      assertEquals(0, leaver.exitCode(), leaver::toString);
      assertEquals(new Wire().clientEnds().serverEnds().toString(), meeting.wire().toString());

      Program next = meeting.start(meeting.original("one_shot_client.py", "hello"));

      assertEquals("OK...hello\n", next.out(), next::toString);
    }
  }

  /** Types at each prompt, one answer to one prompt. */
  private static void answerPrompts(Program client, String... answers) throws InterruptedException {
    for (int i = 0; i < answers.length; i++) {
      int prompts = i + 1;
      client.awaitOut(shown -> shown.split(PROMPT, -1).length - 1 >= prompts);
      client.type(answers[i]);
    }
  }
}
