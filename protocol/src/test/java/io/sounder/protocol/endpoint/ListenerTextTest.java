package io.sounder.protocol.endpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sounder.protocol.endpoint.ListenerText.Setting;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A listener as text says all that holds, and is read back as the same. */
class ListenerTextTest {
  private static final Set<String> WORDS = Set.of("none", "the system's", "auto");
  private static final Set<String> ONLY_WHEN_GIVEN =
      Set.of(
          "delay",
          "drop",
          "dup",
          "corrupt",
          "close",
          "rst",
          "truncate",
          "reorder",
          "slow",
          "capacity",
          "seed");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          tcp://:http                              | tcp://[::]:80
          tcp://127.0.0.1:1?reply=ok&framing=line  | tcp://127.0.0.1:1?framing=line&reply=ok
          tcp://h:1?greeting=b&reply=ok&greeting=a | tcp://h:1?reply=ok&greeting=b&greeting=a
          tcp://h:1?greeting=%7Bpeer%7D {peer}     | tcp://h:1?greeting=%7Bpeer%7D {peer}
          unix:///a%20b                            | unix:///a b
          tls://h:1?key=k&cert=c                   | tls://h:1?cert=c&key=k
          """)
  void putsKeysInOneOrderAndLeavesValuesAsTheyWereWritten(String text, String url) {
    assertEquals(url, ListenerText.of(ListenerSpec.parse(text)).url());
  }

  @Test
  void encodesWhatAFileOfLinesWouldLose() {
    ListenerSpec spec = ListenerSpec.parse("tcp://h:1?greeting=a\nb\t&reply=text:bye ");
    String url = ListenerText.of(spec).url();
    assertEquals("tcp://h:1?reply=text:bye &greeting=a%0Ab%09", url);
    String last = ListenerText.of(ListenerSpec.parse("tcp://h:1?reply=text:bye ")).url();
    assertEquals("tcp://h:1?reply=text:bye%20", last);
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '"',
      delimiter = '|',
      value = {
        "tcp://h:1?framing=line&greeting=a",
        "tls://h:1?cert=c&key=k&proxy-protocol=required",
        "udp://h:1?framing=length",
        "unix:///a?framing=line"
      })
  void sayingADefaultChangesNothing(String text) {
    ListenerSpec spec = ListenerSpec.parse(text);
    int compared = 0;
    for (Setting each : ListenerText.of(spec).settings()) {
      if (!each.isGiven() && !WORDS.contains(each.value())) {
        ListenerSpec said =
            ListenerSpec.parse(
                text + (text.contains("?") ? "&" : "?") + each.key() + "=" + each.value());
        assertEquals(settings(spec), settings(said), each.key());
        compared++;
      }
    }
    assertTrue(compared > 4, "compared " + compared);
  }

  private static List<Object> settings(ListenerSpec spec) {
    Guards guards = spec.guards();
    return List.of(
        spec.conversation().framing(),
        spec.conversation().reply().toString(),
        spec.conversation().greetingRepeat(),
        spec.conversation().maxFrameBytes(),
        spec.limits(),
        guards.connectionsPerIp(),
        guards.acceptsPerSecondPerIp(),
        spec.socket().reusePort(),
        spec.keepAlive().idleSeconds(),
        spec.keepAlive().intervalSeconds(),
        spec.keepAlive().count(),
        spec.proxy().isRequired(),
        spec.workNanos(),
        spec.tls());
  }

  @ParameterizedTest
  @CsvSource({
    "tcp://h:1?framing=line&greeting=a&proxy-protocol=required, TCP",
    "tls://h:1?cert=c&key=k&framing=line&greeting=a&proxy-protocol=required, TLS",
    "udp://h:1?framing=length, UDP",
    "unix:///a?framing=line&greeting=a, UNIX"
  })
  void tellsOfEveryKeyThatHasAMeaning(String text, Scheme scheme) {
    List<String> told =
        ListenerText.of(ListenerSpec.parse(text)).settings().stream().map(Setting::key).toList();
    List<String> all =
        Arrays.stream(Key.values())
            .filter(key -> key.fits(Key.Side.LISTENER, scheme))
            .map(Key::text)
            .filter(key -> !ONLY_WHEN_GIVEN.contains(key))
            .toList();
    assertEquals(all, told);
  }

  @Test
  void leavesOutWhatHasNoMeaning() {
    List<String> told =
        ListenerText.of(ListenerSpec.parse("tcp://h:1?keepalive=off")).settings().stream()
            .map(Setting::key)
            .toList();
    assertTrue(told.contains("keepalive"));
    for (String each : List.of("max-frame", "message-timeout", "keepalive-idle", "proxy-from")) {
      assertTrue(!told.contains(each), each);
    }
  }
}
