package io.sounder.server;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sounder.server.connection.Addresses;
import io.sounder.server.connection.CloseReason;
import io.sounder.server.fixture.Peer;
import io.sounder.server.fixture.RunningServer;
import io.sounder.server.fixture.Transport;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What is said, in which order, and when it is over. */
@Timeout(60)
class ConversationTest {
  private static final long SECONDS_1900_TO_1970 = 2_208_988_800L;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          framing=line&reply=ok                        | hello\\r\\n          | OK...hello\\r\\n
          framing=line&reply=count                     | " héllo \\n"        | You entered 5 characters. \\n
          framing=line&reply=text:{n}/                 | a\\nb\\n            | 1/\\n2/\\n
          framing=line&reply=replace:l:LL              | hello\\n\\n         | heLLLLo\\n\\n
          framing=line&reply=text:same                 | \\n                 | same\\n
          framing=line                                 | unfinished          | unfinished
          framing=line&reply=ok&greeting={n},&greeting=again{n}.&greeting-repeat=2 | x\\n | 1,again2.3,again4.OK...x\\n
          framing=line&reply=text:{n}&greeting=hi{n}   | x\\ny\\n            | hi11\\n2\\n
          framing=line&reply=discard&greeting=hello    | x\\ny\\n            | hello
          framing=line&close-after=1                   | one\\ntwo\\n        | one\\n
          framing=line&close-after=10                  | 1\\n2\\n            | 1\\n2\\n
          framing=line&reply=discard&close-after=2     | 1\\n2\\n3\\n        | ""
          close-after=0&greeting=bye                   | ignored             | bye
          close-after=0                                | ignored             | ""
          """)
  void answersAsItsListenerSays(String keys, String sent, String expected) throws Exception {
    for (Transport transport : Transport.values()) {
      try (RunningServer server = RunningServer.on(transport.listener(keys));
          Peer peer = server.connect()) {
        peer.send(unescaped(sent)).shutdownOutput();
        assertEquals(unescaped(expected), peer.readTextToEnd(), transport.name());
      }
    }
  }

  @Test
  void takesInvalidUtf8AsItIs() throws Exception {
    byte[] invalid = {'a', (byte) 0xc3, (byte) 0x28, (byte) 0xff, 0, '\n'};
    try (RunningServer server =
            RunningServer.on(
                "tcp://127.0.0.1:0?framing=line", "tcp://127.0.0.1:0?framing=line&reply=count");
        Peer echo = server.connect(0);
        Peer count = server.connect(1)) {
      assertArrayEquals(invalid, echo.send(invalid).read(invalid.length));
      assertTrue(count.send(invalid).readText(12).startsWith("You entered "));
    }
  }

  @Test
  void putsALengthBeforeEachGreetingAndReply() throws Exception {
    try (RunningServer server =
            RunningServer.on("tcp://127.0.0.1:0?framing=length-le&reply=ok&greeting=hello{n}");
        Peer peer = server.connect()) {
      assertEquals("\6\0\0\0hello1", peer.readText(10));
      assertEquals("\7\0\0\0OK...hi", peer.send("\2\0\0\0hi").readText(11));
      assertEquals("\5\0\0\0OK...", peer.send("\0\0\0\0").readText(9));
    }
  }

  @ParameterizedTest
  @EnumSource(Transport.class)
  void closesAfterTheMessageThatWasTheLastWhoeverClosesFirst(Transport transport) throws Exception {
    try (RunningServer server = RunningServer.on(transport.listener("framing=line&close-after=1"));
        Peer peer = server.connect()) {
      peer.send("only\n");
      assertEquals("only\n", peer.readTextToEnd()); // the end comes without one from us
      peer.leave();
      server.awaitClosed(CloseReason.CLOSE_AFTER, 1);
    }
  }

  @ParameterizedTest
  @EnumSource(Transport.class)
  void tellsTheTimeAtOnceAndCloses(Transport transport) throws Exception {
    try (RunningServer server = RunningServer.on(transport.listener("reply=time"));
        Peer peer = server.connect()) {
      long before = System.currentTimeMillis() / 1000;
      byte[] told = peer.readToEnd();
      assertEquals(4, told.length);
      long epochSecond =
          Integer.toUnsignedLong(ByteBuffer.wrap(told).getInt()) - SECONDS_1900_TO_1970;
      long wrapped = epochSecond < 0 ? epochSecond + (1L << 32) : epochSecond;
      assertTrue(Math.abs(wrapped - before) <= 5, "told " + wrapped + " at " + before);
      peer.leave();
      server.awaitClosed(CloseReason.CLOSE_AFTER, 1);
    }
  }

  @Test
  void tellsWhoIsWho() throws Exception {
    try (RunningServer server =
            RunningServer.on(
                "tcp://[::1]:0?framing=line&reply=whoami&greeting={peer} {peer.host} {local.port};");
        Peer peer = server.connect()) {
      String me = Addresses.text(peer.channel().getLocalAddress());
      int port = server.endpoint().port();
      String greeting = me + " ::1 " + port + ";";
      assertEquals(greeting, peer.readText(greeting.length()));
      String whoami = peer.send("?\n").shutdownOutput().readTextToEnd();
      assertTrue(whoami.contains("\"peer\":\"" + me + "\""), whoami);
      assertTrue(whoami.contains("\"local\":\"[::1]:" + port + "\""), whoami);
      assertTrue(whoami.contains("\"listener\":\"tcp://[::1]:" + port + "\""), whoami);
      assertTrue(whoami.endsWith("}\n"), whoami);
    }
  }

  @Test
  void callsAPeerOnAUnixSocketUnix() throws Exception {
    try (RunningServer server = RunningServer.on(Transport.UNIX.listener("greeting=<{peer}>"));
        Peer peer = server.connect()) {
      assertEquals("<unix>", peer.readText(6));
    }
  }

  @ParameterizedTest
  @EnumSource(Transport.class)
  void sendsAMillionGreetingsToASlowReader(Transport transport) throws Exception {
    int repeat = 1_000_000;
    try (RunningServer server =
            RunningServer.on(
                transport.listener(
                    "greeting={n}%0A&greeting-repeat=" + repeat + "&close-after=0"));
        Peer peer = server.connectWithSmallBuffers()) {
      byte[] all = peer.readToEnd();
      int position = 0;
      for (int n = 1; n <= repeat; n++) {
        byte[] expected = (n + "\n").getBytes(StandardCharsets.US_ASCII);
        for (byte b : expected) {
          if (all[position++] != b) {
            throw new AssertionError("greeting " + n + " is wrong");
          }
        }
      }
      assertEquals(all.length, position);
    }
  }

  private static String unescaped(String text) {
    return text.translateEscapes();
  }
}
