package io.sounder.protocol.endpoint;

import static io.sounder.protocol.endpoint.Refusal.assertSays;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sounder.protocol.framing.Framing;
import io.sounder.protocol.reply.BufferSink;
import io.sounder.protocol.reply.FixedExchange;
import io.sounder.protocol.reply.ReplySpec.Kind;
import io.sounder.protocol.reply.Template;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How an endpoint is cut and decoded, what its keys default to, and which exclude each other. */
class GrammarTest {
  private static final long SECOND = 1_000_000_000L;
  private static final String TCP = "tcp://127.0.0.1:8888?";

  @Test
  void hasTheDefaultsOfTheDocumentation() {
    ListenerSpec listener = ListenerSpec.parse("tcp://127.0.0.1:8888");
    Conversation conversation = listener.conversation();
    assertEquals(Framing.RAW, conversation.framing());
    assertEquals(Kind.ECHO, conversation.reply().kind());
    assertFalse(conversation.replyGiven());
    assertTrue(conversation.greetings().isEmpty());
    assertEquals(1, conversation.greetingRepeat());
    assertEquals(Conversation.NEVER, conversation.closeAfter());
    assertEquals(65536, conversation.maxFrameBytes());
    assertEquals(
        new Limits(Limits.AUTO, 4096, 300 * SECOND, 30 * SECOND, 60 * SECOND, 30 * SECOND),
        listener.limits());
    assertEquals(new SocketSettings(null, null, null, null, null, false), listener.socket());
    assertEquals(Optional.empty(), listener.access());
    assertEquals(
        new Guards(
            AccessList.NONE, Guards.OFF, Guards.OFF, Guards.AUTO, Guards.AUTO, Optional.empty()),
        listener.guards());
    assertEquals(new KeepAlive(60, 10, 6, false), listener.keepAlive());
    assertEquals(0, listener.workNanos());
    assertEquals(FaultSpec.NONE, listener.faults());
  }

  @Test
  void readsEveryKeyOfAListener() {
    ListenerSpec listener =
        ListenerSpec.parse(
            TCP
                + "framing=length-le&reply=ok&greeting=a&greeting=b&greeting-repeat=1000000"
                + "&close-after=10k&max-connections=5&backlog=1&idle-timeout=off"
                + "&message-timeout=1.5s&write-timeout=250ms&half-close-timeout=2s&max-frame=16MiB"
                + "&allow=10.0.0.0/8,::1&deny=10.9.0.0/16&max-connections-per-ip=3"
                + "&accept-rate-per-ip=1k&nodelay=on&keepalive=on&keepalive-idle=1m"
                + "&keepalive-interval=3s&keepalive-count=2&rcvbuf=1MiB&sndbuf=64KB&linger=0s&reuse-port=on&work=50us");
    Conversation conversation = listener.conversation();
    assertEquals(Framing.LENGTH_LE, conversation.framing());
    assertEquals(Kind.OK, conversation.reply().kind());
    assertTrue(conversation.replyGiven());
    assertEquals("[a, b]", conversation.greetings().toString());
    assertEquals(1_000_000, conversation.greetingRepeat());
    assertEquals(10_000, conversation.closeAfter());
    assertEquals(16 << 20, conversation.maxFrameBytes());
    assertEquals(new Limits(5, 1, 0, 3 * SECOND / 2, SECOND / 4, 2 * SECOND), listener.limits());
    assertEquals(new SocketSettings(true, true, 1 << 20, 64_000, 0, true), listener.socket());
    assertEquals("10.0.0.0/8,::1", listener.access().orElseThrow().toString());
    assertEquals("10.9.0.0/16", listener.guards().denied().toString());
    assertEquals(3, listener.guards().connectionsPerIp());
    assertEquals(1_000, listener.guards().acceptsPerSecondPerIp());
    assertEquals(new KeepAlive(60, 3, 2, true), listener.keepAlive());
    assertEquals(50_000, listener.workNanos());
  }

  @Test
  void readsTheGuardsOfAUdpListener() {
    Guards given =
        ListenerSpec.parse("udp://:1?rate-limit=2k&rate-limit-total=50k&loop-breaker=off").guards();
    assertEquals(2_000, given.repliesPerSecondPerSource());
    assertEquals(50_000, given.repliesPerSecond());
    assertEquals(Optional.of(false), given.loopBreaker());
    Guards off = ListenerSpec.parse("udp://:1?rate-limit=off&rate-limit-total=off").guards();
    assertEquals(Guards.OFF, off.repliesPerSecondPerSource());
    assertEquals(Guards.OFF, off.repliesPerSecond());
  }

  @Test
  void readsTheSameWordsForATarget() {
    String query = "framing=line&reply=count&greeting=hi&close-after=1&max-frame=1B&linger=off";
    TargetSpec target = TargetSpec.parse(TCP + query);
    Conversation expected = ListenerSpec.parse(TCP + query).conversation();
    assertEquals(expected.framing(), target.conversation().framing());
    assertEquals(expected.reply(), target.conversation().reply());
    assertEquals(expected.greetings().toString(), target.conversation().greetings().toString());
    assertEquals(1, target.conversation().closeAfter());
    assertEquals(1, target.conversation().maxFrameBytes());
    assertEquals(-1, target.socket().lingerSeconds());
  }

  @Test
  void takesAutoForTheNumberOfConnections() {
    assertEquals(
        Limits.AUTO, ListenerSpec.parse(TCP + "max-connections=auto").limits().maxConnections());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          a+b#c d           | a+b#c d
          连接成功          | 连接成功
          a=b?c:d/e,f       | a=b?c:d/e,f
          %26%3D%3F%2523    | &=?%23
          a%0A              | a\\n
          %e8%bf%9e         | 连
          {peer.host}:{peer.port} | 127.0.0.1:54321
          {peer} {local} {host}   | 127.0.0.1:54321 127.0.0.1:8888 sounder.example
          {local.host},{local.port},{n} | 127.0.0.1,8888,7
          %7Bpeer%7D        | {peer}
          {peer%7D          | {peer}
          {%6E}             | {n}
          {{n}}             | {7}
          {N}{}{x}{n        | {N}{}{x}{n
          "('{peer.host}', {peer.port})" | "('127.0.0.1', 54321)"
          """)
  void decodesTextAfterItsPlaceholders(String raw, String rendered) {
    String expected = rendered.replace("\\n", "\n");
    Template greeting =
        ListenerSpec.parse(TCP + "greeting=" + raw).conversation().greetings().get(0);
    assertEquals(expected, render(greeting));
    Template text = ListenerSpec.parse(TCP + "reply=text:" + raw).conversation().reply().text();
    assertEquals(expected, render(text));
  }

  private static String render(Template template) {
    BufferSink out = new BufferSink(16);
    template.write(FixedExchange.numbered(7), out);
    return new String(out.toByteArray(), StandardCharsets.UTF_8);
  }

  @Test
  void takesBytesThatAreNoTextInAGreeting() {
    Template greeting =
        ListenerSpec.parse(TCP + "greeting=%FF%00").conversation().greetings().get(0);
    assertArrayEquals(new byte[] {-1, 0}, greeting.constant().orElseThrow());
  }

  @ParameterizedTest
  @ValueSource(strings = {"%{n}41", "{n}%4", "%4{n}1"})
  void doesNotLetAPlaceholderSplitAnEscape(String raw) {
    assertSays(
        Refusal.ofListener(TCP + "greeting=" + raw),
        "greeting=" + raw + " is not valid: a % must be followed by two hexadecimal digits");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          replace:a:b         | a     | b
          replace:a:          | a     | ''
          replace:a:b:c       | a     | b:c
          replace:%3A:x       | :     | x
          replace:a%3Ab:%3A   | a:b   | :
          replace:{n}:{peer}  | {n}   | {peer}
          replace:发送:接收   | 发送  | 接收
          replace: : +        | ' '   | ' +'
          """)
  void splitsReplaceAtTheFirstPlainColon(String value, String from, String to) {
    var reply = ListenerSpec.parse(TCP + "reply=" + value).conversation().reply();
    assertEquals(Kind.REPLACE, reply.kind());
    assertEquals(from, new String(reply.text().constant().orElseThrow(), StandardCharsets.UTF_8));
    assertEquals(
        to, new String(reply.replacement().constant().orElseThrow(), StandardCharsets.UTF_8));
  }

  @ParameterizedTest
  @ValueSource(strings = {"replace:", "replace::b", "replace::", "replace:abc"})
  void wantsSomethingToReplace(String value) {
    assertEquals(
        TCP
            + "reply="
            + value
            + ": reply="
            + value
            + " is not valid: allowed is replace:FROM:TO, where FROM is not empty (a colon in it is"
            + " percent-encoded)",
        Refusal.ofListener(TCP + "reply=" + value));
  }

  @ParameterizedTest
  @ValueSource(strings = {"text", "replace", "echo:", "ok:x", "text%3AHi", "Echo", "echo "})
  void refusesAReplyThatThereIsNot(String value) {
    assertSays(
        Refusal.ofListener(TCP + "reply=" + value),
        "reply="
            + value
            + " is not valid: allowed are echo, ok, count, whoami, time, discard, text:");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          echo | ECHO
          ok | OK
          count | COUNT
          whoami | WHOAMI
          time | TIME
          discard | DISCARD
          text: | TEXT
          text:a:b | TEXT
          replace:a:b | REPLACE
          """)
  void knowsEachReply(String value, Kind kind) {
    Conversation conversation = TargetSpec.parse("udp://a:1?reply=" + value).conversation();
    assertEquals(kind, conversation.reply().kind());
    assertEquals(value, conversation.reply().toString());
    assertTrue(conversation.replyGiven());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          max-frame=1KiB                     | max-frame=1KiB does not go with framing=raw, which has no frames; it needs line, length or length-le
          framing=raw&max-frame=1KiB         | max-frame=1KiB does not go with framing=raw
          message-timeout=1s                 | message-timeout=1s does not go with framing=raw, where a message is never incomplete; it needs line, length or length-le
          reply=time&framing=raw             | framing=raw does not go with reply=time, which is sent at once and then closed (RFC 868)
          reply=time&framing=line            | framing=line does not go with reply=time
          reply=time&greeting=a              | greeting=a does not go with reply=time
          reply=time&close-after=1           | close-after=1 does not go with reply=time
          greeting-repeat=2                  | greeting-repeat=2 needs a greeting to repeat
          """)
  void refusesKeysThatExcludeEachOther(String query, String said) {
    assertSays(Refusal.ofListener(TCP + query), said);
    assertSays(Refusal.ofListener("unix:///s?" + query), said);
  }

  @ParameterizedTest
  @ValueSource(strings = {"keepalive-idle=1s", "keepalive-interval=1s", "keepalive-count=1"})
  void refusesToTuneProbesThatAreNotSent(String key) {
    assertSays(
        Refusal.ofListener(TCP + "keepalive=off&" + key), key + " does not go with keepalive=off");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "?cert=c.pem", "?key=k.pem", "?client-ca=ca.pem&key=k.pem"})
  void needsACertificateAndItsKeyToSpeakTls(String query) {
    assertEquals(
        "tls://:1"
            + query
            + ": a tls listener needs cert=FILE and key=FILE, its certificate and its private key in PEM",
        Refusal.ofListener("tls://:1" + query));
  }

  @Test
  void readsHowToSpeakTls() {
    assertEquals(
        new TlsSettings("/c a.pem", "k.pem", Optional.empty(), 10 * SECOND),
        ListenerSpec.parse("tls://:1?cert=/c%20a.pem&key=k.pem").tls().orElseThrow());
    assertEquals(
        new TlsSettings("c.pem", "k.pem", Optional.of("ca.pem"), 0),
        ListenerSpec.parse("tls://:1?cert=c.pem&key=k.pem&client-ca=ca.pem&handshake-timeout=off")
            .tls()
            .orElseThrow());
    assertEquals(Optional.empty(), ListenerSpec.parse("tcp://:1").tls());
  }

  @Test
  void takesTimeOverUdpWithAFraming() {
    Conversation conversation =
        ListenerSpec.parse("udp://:37?reply=time&framing=length").conversation();
    assertFalse(conversation.isTimeAtOnce(Scheme.UDP));
    assertTrue(ListenerSpec.parse("tcp://:37?reply=time").conversation().isTimeAtOnce(Scheme.TCP));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          tcp://a:1?nosuch=1   | tcp://a:1?nosuch=1: nosuch=1 has an unknown key; a tcp target has framing, reply, greeting, greeting-repeat, close-after, max-frame, nodelay, keepalive, rcvbuf, sndbuf, linger
          udp://a:1?fault=x    | udp://a:1?fault=x: fault=x has an unknown key; a udp target has framing, reply, max-frame, rcvbuf, sndbuf
          unix:///s?a=b        | unix:///s?a=b: a=b has an unknown key; a unix target has framing, reply, greeting, greeting-repeat, close-after, max-frame, rcvbuf, sndbuf
          tcp://a:1?=x         | tcp://a:1?=x: =x has an unknown key; a tcp target has framing
          tcp://a:1?Reply=ok   | tcp://a:1?Reply=ok: Reply=ok has an unknown key (did you mean reply?); a tcp target has framing
          tcp://a:1?           | tcp://a:1?: '' has no =; keys are written key=value, separated by &
          tcp://a:1?reply=ok&  | '' has no =
          tcp://a:1?reply=ok?framing=line | reply=ok?framing=line is not valid
          """)
  void refusesWhatIsNoKey(String text, String said) {
    assertSays(Refusal.ofTarget(text), said);
  }

  @Test
  void showsAListenersKeysWhereOneIsUnknown() {
    assertSays(
        Refusal.ofListener("udp://a:1?ratelimit=5"),
        "ratelimit=5 has an unknown key (did you mean rate-limit?); a udp listener has framing, reply, max-frame, allow, deny, rate-limit, rate-limit-total, loop-breaker, rcvbuf, sndbuf, reuse-port, work, inspect");
  }

  @Test
  void staysOnOneLineWhateverWasTyped() {
    String refusal = Refusal.ofListener(TCP + "greeting=Hi\r\n\u001b[2J\u202e&nosuch=\u0000");
    assertSays(refusal, "Hi\\r\\n\\x1b[2J\\xe2\\x80\\xae&nosuch=\\x00", "unknown key");
  }

  @Test
  void cutsAllowAtItsCommasBeforeItDecodes() {
    ListenerSpec listener = ListenerSpec.parse("udp://:1?allow=%6Coopback,fd00%3A%3A%2F8");
    assertTrue(listener.access().orElseThrow().allows(new byte[] {127, 0, 0, 1}));
    assertSays(
        Refusal.ofListener("udp://:1?allow=10.0.0.1%2C10.0.0.2"),
        "allow=10.0.0.1%2C10.0.0.2 is not valid: '10.0.0.1,10.0.0.2' is neither an address nor a"
            + " block; allowed are any, loopback, private, addresses, and blocks such as 10.0.0.0/8,"
            + " separated by commas");
  }

  @Test
  void leavesTheSystemsBuffersAloneUnlessAsked() {
    assertNull(ListenerSpec.parse("udp://:1").socket().receiveBufferBytes());
    assertEquals(4 << 20, ListenerSpec.parse("udp://:1?rcvbuf=4MiB").socket().receiveBufferBytes());
  }
}
