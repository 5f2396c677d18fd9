package io.sounder.protocol.reply;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class WhoamiTest {
  /** A string of RFC 8259, section 7: nothing in it but escapes and unescaped characters. */
  private static final String STRING =
      "\"((?:[ !#-\\[\\]-\\x{10ffff}]|\\\\[\"\\\\/bfnrt]|\\\\u[0-9a-fA-F]{4})*)\"";

  private static final Pattern OBJECT =
      Pattern.compile(
          "\\{\"peer\":%1$s,\"local\":%1$s,\"listener\":%1$s,\"host\":%1$s\\}".formatted(STRING));

  @Test
  void isOneObjectOfFourStrings() {
    assertEquals(
        "{\"peer\":\"[::1]:5\",\"local\":\"[::1]:8888\",\"listener\":\"tcp://[::]:8888\",\"host\":\"h\"}",
        json("[::1]:5", "[::1]:8888", "tcp://[::]:8888", "h"));
  }

  @Test
  void escapesQuotesBackslashesAndControlCharactersOfAPath() {
    assertEquals(
        "{\"peer\":\"unix\",\"local\":\"/run/a\\\"b\\\\c\\u000a\\u0000\\u001f\u007f连😀\","
            + "\"listener\":\"unix:///run/x\",\"host\":\"h\"}",
        json("unix", "/run/a\"b\\c\n\0\u001f\u007f连😀", "unix:///run/x", "h"));
  }

  @Test
  void readsBackAsWhatWasWritten() {
    Random random = new Random(9);
    for (int i = 0; i < 20_000; i++) {
      String path = path(random);
      String json = json("unix", path, "unix://" + path, "host");
      assertFalse(json.chars().anyMatch(c -> c < ' '), json);
      Matcher matcher = OBJECT.matcher(json);
      assertEquals(true, matcher.matches(), json);
      assertEquals("unix", unescaped(matcher.group(1)));
      assertEquals(path, unescaped(matcher.group(2)));
      assertEquals("unix://" + path, unescaped(matcher.group(3)));
    }
  }

  private static String path(Random random) {
    StringBuilder path = new StringBuilder("/");
    for (int n = random.nextInt(10); n > 0; n--) {
      path.appendCodePoint(
          random.nextInt(4) == 0
              ? "\"\\/{}u\n\0".charAt(random.nextInt(8))
              : random.nextInt(0xd800));
    }
    return path.toString();
  }

  private static String unescaped(String json) {
    return Pattern.compile("\\\\(?:u([0-9a-f]{4})|(.))")
        .matcher(json)
        .replaceAll(
            match ->
                Matcher.quoteReplacement(
                    match.group(2) != null
                        ? match.group(2)
                        : Character.toString(Integer.parseInt(match.group(1), 16))));
  }

  private static String json(String peer, String local, String listener, String host) {
    return new String(Whoami.json(peer, local, listener, host), StandardCharsets.UTF_8);
  }
}
