package io.sounder.protocol.reply;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sounder.protocol.PureListener;
import io.sounder.protocol.text.Escapes;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each reply under each framing, and over UDP: what is sent, and what comes back. */
class RepliesTest {
  private static final String WHOAMI =
      "{\"peer\":\"127.0.0.1:54321\",\"local\":\"127.0.0.1:8888\",\"listener\":\"%s\","
          + "\"host\":\"sounder.example\"}";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          reply=echo              | hello           | hello
          reply=echo              | ``              | ``
          reply=ok                | hello           | OK...hello
          reply=ok                | hello\\n        | OK...hello\\n
          reply=count             | hello           | `You entered 5 characters. \\n`
          reply=count             | ` hello wörld\\r\\n` | `You entered 11 characters. \\n`
          reply=count             | \\xff\\xfe😀    | `You entered 3 characters. \\n`
          reply=count             | ` \\r\\n`       | `You entered 0 characters. \\n`
          reply=discard           | hello           | ``
          reply=text:Hi           | hello           | Hi
          reply=text:             | hello           | ``
          reply=text:{n} {peer}%0A | hello          | 1 127.0.0.1:54321\\n
          reply=replace:l:L       | hello           | heLLo
          framing=line            | hello\\n        | hello\\n
          framing=line            | hello\\r\\n     | hello\\r\\n
          framing=line            | a\\n\\nb        | a\\n\\nb
          framing=line            | a\\r            | a\\r
          framing=line&reply=ok   | a\\r\\nb\\nc    | OK...a\\r\\nOK...b\\nOK...c
          framing=line&reply=ok   | \\r\\n          | OK...\\r\\n
          framing=line&reply=count | ` ab \\r\\nc`  | `You entered 2 characters. \\nYou entered 1 characters. \\n`
          framing=line&reply=discard | a\\nb\\n     | ``
          framing=line&reply=text:Hi | a\\r\\nb\\nc | Hi\\nHi\\nHi\\n
          framing=line&reply=text:{n} | a\\nb\\n    | 1\\n2\\n
          framing=line&reply=text: | a\\n           | \\n
          framing=line&reply=replace:a:bb | aXa\\r\\na | bbXbb\\r\\nbb
          framing=length          | \\0\\0\\0\\x05hello | \\0\\0\\0\\x05hello
          framing=length          | \\0\\0\\0\\0    | \\0\\0\\0\\0
          framing=length&reply=ok | \\0\\0\\0\\x01a\\0\\0\\0\\0 | \\0\\0\\0\\x06OK...a\\0\\0\\0\\x05OK...
          framing=length&reply=count | \\0\\0\\0\\x03a\\r\\n | `\\0\\0\\0\\x1aYou entered 1 characters. `
          framing=length&reply=discard | \\0\\0\\0\\x01a | ``
          framing=length&reply=text:Hi | \\0\\0\\0\\x01a | \\0\\0\\0\\x02Hi
          framing=length&reply=text: | \\0\\0\\0\\x01a | \\0\\0\\0\\0
          framing=length&reply=replace:a: | \\0\\0\\0\\x03aba\\0\\0\\0\\x01a | \\0\\0\\0\\x01b\\0\\0\\0\\0
          framing=length          | \\0\\0\\0\\x01a\\0\\0\\0\\x02b | \\0\\0\\0\\x01a
          framing=length-le       | \\x05\\0\\0\\0hello | \\x05\\0\\0\\0hello
          framing=length-le&reply=ok | \\x01\\0\\0\\0a | \\x06\\0\\0\\0OK...a
          framing=length-le&reply=count | \\x01\\0\\0\\0a | `\\x1a\\0\\0\\0You entered 1 characters. `
          """)
  void answersOnAStream(String query, String sent, String answered) {
    for (String place : new String[] {"tcp://127.0.0.1:8888", "unix:///run/sounder.sock"}) {
      assertAnswers(place + "?" + query, sent, answered);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          reply=echo              | ``              | ``
          reply=echo              | a\\n            | a\\n
          reply=ok                | ``              | OK...
          reply=count             | abc\\n          | `You entered 3 characters. \\n`
          reply=time              | ``              | \\x8e\\xf3\\x05\\x00
          reply=time              | whatever        | \\x8e\\xf3\\x05\\x00
          reply=discard           | a               | ``
          reply=text:Hi           | Hi Server       | Hi
          reply=text:{n}          | ``              | 1
          framing=line            | a\\r\\n         | a\\r\\n
          framing=line            | a               | a
          framing=line&reply=ok   | a\\nb\\n        | OK...a\\nb\\n
          framing=line&reply=ok   | ``              | OK...
          framing=line&reply=count | a              | `You entered 1 characters. \\n`
          framing=line&reply=text:Hi | a\\r\\n      | Hi\\n
          framing=length          | \\0\\0\\0\\x01a | \\0\\0\\0\\x01a
          framing=length&reply=count | \\0\\0\\0\\x01a | `\\0\\0\\0\\x1bYou entered 1 characters. \\n`
          framing=length&reply=time | \\0\\0\\0\\0  | \\0\\0\\0\\x04\\x8e\\xf3\\x05\\x00
          framing=length          | \\0\\0\\0\\x01ab | ``
          framing=length          | \\0\\0          | ``
          framing=line&max-frame=1 | ab             | ``
          """)
  void answersADatagram(String query, String sent, String answered) {
    assertAnswers("udp://127.0.0.1:8888?" + query, sent, answered);
  }

  @Test
  void saysWhoAsksWhomAsALineOfItsOwnWhereNoFramingEndsIt() {
    String tcp = WHOAMI.formatted("tcp://127.0.0.1:8888");
    String udp = WHOAMI.formatted("udp://127.0.0.1:8888");
    assertAnswers("tcp://127.0.0.1:8888?reply=whoami", "x", tcp + "\\n");
    assertAnswers("tcp://127.0.0.1:8888?reply=whoami&framing=line", "x\\r\\n", tcp + "\\n");
    assertAnswers(
        "tcp://127.0.0.1:8888?reply=whoami&framing=length",
        "\\0\\0\\0\\x01x",
        "\\0\\0\\0\\x6e" + tcp);
    assertAnswers("udp://127.0.0.1:8888?reply=whoami", "", udp + "\\n");
    assertAnswers("udp://127.0.0.1:8888?reply=whoami&framing=line", "x", udp + "\\n");
    assertAnswers(
        "udp://127.0.0.1:8888?reply=whoami&framing=length",
        "\\0\\0\\0\\0",
        "\\0\\0\\0\\x6f" + udp + "\\n");
  }

  @Test
  void endsAtALineThatIsTooLongAfterAnsweringThoseBefore() {
    assertAnswers("tcp://a:1?framing=line&max-frame=3", "abc\\r\\nabcd\\nab\\n", "abc\\r\\n");
  }

  @Test
  void sendsEachGreetingSoOftenAndCountsThem() {
    assertGreets("tcp://a:1?greeting=a{n}%0A&greeting=b{n}&greeting-repeat=2", "a1\\nb2a3\\nb4");
    assertGreets("tcp://a:1?framing=line&greeting=Welcome%0A", "Welcome\\n");
    assertGreets("tcp://a:1?framing=line&greeting=no line end", "no line end");
    assertGreets("tcp://a:1?framing=length&greeting=a&greeting=", "\\0\\0\\0\\x01a\\0\\0\\0\\0");
    assertGreets(
        "tcp://a:1?framing=length-le&greeting={n}&greeting-repeat=10",
        "\\x01\\0\\0\\x001\\x01\\0\\0\\x002\\x01\\0\\0\\x003\\x01\\0\\0\\x004\\x01\\0\\0\\x005"
            + "\\x01\\0\\0\\x006\\x01\\0\\0\\x007\\x01\\0\\0\\x008\\x01\\0\\0\\x009\\x02\\0\\0\\x0010");
    assertGreets("tcp://a:1", "");
  }

  private static void assertAnswers(String listener, String sent, String answered) {
    assertEquals(
        shown(Escapes.parse(answered)),
        shown(new PureListener(listener).answer(Escapes.parse(sent))),
        listener);
  }

  private static void assertGreets(String listener, String greetings) {
    assertEquals(
        shown(Escapes.parse(greetings)), shown(new PureListener(listener).greetings()), listener);
  }

  private static String shown(byte[] bytes) {
    return Escapes.show(ByteBuffer.wrap(bytes), 1000);
  }
}
