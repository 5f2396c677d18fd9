package io.sounder.protocol.endpoint;

import static io.sounder.protocol.ProtocolPage.code;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sounder.protocol.ProtocolPage;
import io.sounder.protocol.reply.Placeholder;
import io.sounder.protocol.reply.ReplySpec;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The grammar as {@code docs/protocol.md} tells it is the grammar as the parser reads it. */
class DocumentedGrammarTest {
  private static final List<List<String>> KEYS =
      ProtocolPage.table("| key | values | default | listener | target | transports |");

  @Test
  void listsEveryKeyInTheOrderOfTheParsersMessages() {
    assertEquals(
        Arrays.stream(Key.values()).map(Key::text).toList(),
        KEYS.stream().map(row -> code(row.get(0))).toList());
  }

  @Test
  void saysWhereEachKeyMayStand() {
    for (List<String> row : KEYS) {
      Key key = Key.valueOf(code(row.get(0)).toUpperCase(Locale.ROOT).replace('-', '_'));
      assertEquals(transports(key, Key.Side.LISTENER), row.get(5), key.text());
      String onTargets = row.get(4).isEmpty() ? "" : row.get(5);
      assertEquals(transports(key, Key.Side.TARGET), onTargets, key.text());
    }
  }

  private static String transports(Key key, Key.Side side) {
    return Stream.of(Scheme.values())
        .filter(scheme -> key.fits(side, scheme))
        .map(Scheme::text)
        .collect(Collectors.joining(" "));
  }

  @Test
  void givesTheDefaultsThatAbsentKeysHave() {
    String base = "tcp://127.0.0.1:1?framing=line&greeting=a";
    for (List<String> row : KEYS) {
      String defaultValue = code(row.get(2));
      if (!defaultValue.isEmpty()) {
        String key = code(row.get(0));
        String bare =
            switch (key) {
              case "framing" -> "tcp://127.0.0.1:1";
              case "handshake-timeout" -> "tls://127.0.0.1:1?cert=c.pem&key=k.pem";
              default -> base;
            };
        String explicit = bare + (bare.contains("?") ? "&" : "?") + key + "=" + defaultValue;
        assertEquals(settings(bare), settings(explicit), key);
      }
    }
  }

  private static List<Object> settings(String listener) {
    ListenerSpec spec = ListenerSpec.parse(listener);
    Conversation conversation = spec.conversation();
    return List.of(
        conversation.framing(),
        conversation.reply(),
        conversation.greetingRepeat(),
        conversation.maxFrameBytes(),
        spec.limits(),
        spec.tls(),
        spec.workNanos());
  }

  @Test
  void listsEveryReply() {
    List<String> documented =
        ProtocolPage.table("| reply | what comes back |").stream()
            .map(row -> code(row.get(0)).replaceFirst(":.*", ""))
            .toList();
    assertEquals(
        Arrays.stream(ReplySpec.Kind.values())
            .map(kind -> kind.name().toLowerCase(Locale.ROOT))
            .toList(),
        documented);
  }

  @Test
  void listsEveryPlaceholder() {
    String documented = ProtocolPage.table("| placeholder | value | on a Unix socket |").toString();
    for (Placeholder placeholder : Placeholder.values()) {
      assertTrue(documented.contains("`" + placeholder.text() + "`"), placeholder.text());
    }
  }

  @Test
  void quotesRefusalsWordForWord() {
    List<String> quoted =
        ProtocolPage.lines().stream().filter(line -> line.matches("(tcp|udp)://\\S+: .*")).toList();
    assertEquals(4, quoted.size(), quoted::toString);
    for (String line : quoted) {
      assertEquals(line, Refusal.ofListener(line.substring(0, line.indexOf(": "))));
    }
  }

  @Test
  void showsUnitsThatAreRead() {
    List<List<String>> units = ProtocolPage.table("| | units | examples |");
    assertEquals(5, units.size());
    for (String example : examples(units.get(0))) {
      assertTrue(Units.durationNanos(example) > 0, example);
    }
    for (String example : examples(units.get(1))) {
      assertTrue(Units.sizeBytes(example) > 0, example);
    }
    for (String example : examples(units.get(2))) {
      assertTrue(Units.count(example) > 0, example);
    }
    for (String example : examples(units.get(3))) {
      assertTrue(Units.bytesPerSecond(example) > 0, example);
    }
    for (String example : examples(units.get(4))) {
      assertTrue(Units.percent(example).signum() > 0, example);
    }
  }

  private static String[] examples(List<String> row) {
    return row.get(2).replace("`", "").split(", ");
  }

  @Test
  void quotesEndpointsThatAreRead() {
    List<String> quoted =
        ProtocolPage.lines().stream()
            .filter(line -> line.startsWith("sounder "))
            .flatMap(line -> Stream.of(line.split("'")).filter(part -> part.contains("://")))
            .toList();
    assertEquals(5, quoted.size(), quoted::toString);
    quoted.forEach(ListenerSpec::parse);
  }
}
