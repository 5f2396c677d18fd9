package io.sounder.protocol.endpoint;

import static io.sounder.protocol.endpoint.Refusal.assertSays;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for every key: where it may stand, and how it is refused. */
class KeysTest {
  private static final Set<Scheme> ALL = EnumSet.allOf(Scheme.class);
  private static final Set<Scheme> STREAMS = EnumSet.of(Scheme.TCP, Scheme.TLS, Scheme.UNIX);
  private static final Set<Scheme> INET = EnumSet.of(Scheme.TCP, Scheme.TLS, Scheme.UDP);
  private static final Set<Scheme> TCP = EnumSet.of(Scheme.TCP, Scheme.TLS);
  private static final Set<Scheme> TLS = EnumSet.of(Scheme.TLS);
  private static final Set<Scheme> UDP = EnumSet.of(Scheme.UDP);

  /**
   * @param needs other keys without which this one is refused
   * @param allowed what a refusal says is allowed
   * @param target whether a target has the key too
   */
  record KeyCase(
      String key,
      String needs,
      String good,
      String bad,
      String allowed,
      boolean target,
      Set<Scheme> schemes) {
    @Override
    public String toString() {
      return key;
    }

    String url(Scheme scheme, String query) {
      String place = scheme == Scheme.UNIX ? "unix:///s" : scheme.text() + "://127.0.0.1:8888";
      return place + "?" + needs + query;
    }

    String url(Scheme scheme) {
      return url(scheme, key + "=" + good);
    }

    /** With what every listener of that transport needs. */
    String listener(Scheme scheme) {
      boolean needsCertificate = scheme == Scheme.TLS && !schemes.equals(TLS);
      return url(scheme) + (needsCertificate ? "&cert=c.pem&key=k.pem" : "");
    }

    Scheme scheme() {
      return schemes.iterator().next();
    }
  }

  static Stream<KeyCase> keys() {
    return Stream.of(
        new KeyCase("framing", "", "line", "lines", "raw, line, length, length-le", true, ALL),
        new KeyCase(
            "reply",
            "",
            "ok",
            "okay",
            "echo, ok, count, whoami, time, discard, text:TEXT and replace:FROM:TO",
            true,
            ALL),
        new KeyCase("greeting", "", "hi", "%4", "two hexadecimal digits", true, STREAMS),
        new KeyCase(
            "greeting-repeat", "greeting=a&", "3", "1000001", "1 to 1000000", true, STREAMS),
        new KeyCase("close-after", "", "0", "-1", "0 or more", true, STREAMS),
        new KeyCase("max-connections", "", "5", "0", "auto, or 1 to 100000000", false, STREAMS),
        new KeyCase("max-connections-per-ip", "", "5", "0", "off, or 1 to 100000000", false, TCP),
        new KeyCase("accept-rate-per-ip", "", "1k", "1001k", "off, or 1 to 1000000", false, TCP),
        new KeyCase("backlog", "", "5", "x", "1 to 1048576", false, STREAMS),
        new KeyCase("idle-timeout", "", "5s", "5", "a duration above 0, or off", false, STREAMS),
        new KeyCase(
            "message-timeout",
            "framing=line&",
            "5s",
            "0s",
            "a duration above 0, or off",
            false,
            STREAMS),
        new KeyCase("write-timeout", "", "5s", "-5s", "a duration above 0, or off", false, STREAMS),
        new KeyCase(
            "half-close-timeout", "", "5s", "0s", "a duration above 0, or off", false, STREAMS),
        new KeyCase("max-frame", "framing=length&", "1MiB", "17MiB", "1B to 16MiB", true, ALL),
        new KeyCase(
            "allow",
            "",
            "private",
            "public",
            "any, loopback, private, addresses, and blocks such as 10.0.0.0/8",
            false,
            INET),
        new KeyCase(
            "deny",
            "",
            "10.0.0.0/8",
            "10.0.0.1/8",
            "any, loopback, private, addresses, and blocks such as 10.0.0.0/8",
            false,
            INET),
        new KeyCase("rate-limit", "", "5", "0", "off, or 1 to 1000000", false, UDP),
        new KeyCase("rate-limit-total", "", "off", "never", "off, or 1 to 1000000", false, UDP),
        new KeyCase("loop-breaker", "", "off", "1", "on and off", false, UDP),
        new KeyCase("proxy-protocol", "", "required", "on", "off and required", false, STREAMS),
        new KeyCase(
            "proxy-from",
            "proxy-protocol=required&",
            "private",
            "public",
            "any, loopback, private, addresses, and blocks such as 10.0.0.0/8",
            false,
            TCP),
        new KeyCase("nodelay", "", "off", "no", "on and off", true, TCP),
        new KeyCase("keepalive", "", "off", "1", "on and off", true, TCP),
        new KeyCase(
            "keepalive-idle", "", "5s", "1.5s", "whole seconds from 1s to 32767s", false, TCP),
        new KeyCase(
            "keepalive-interval", "", "5s", "0s", "whole seconds from 1s to 32767s", false, TCP),
        new KeyCase("keepalive-count", "", "3", "128", "1 to 127", false, TCP),
        new KeyCase("rcvbuf", "", "1MiB", "0", "1B to 1GiB", true, ALL),
        new KeyCase("sndbuf", "", "1MiB", "2GiB", "1B to 1GiB", true, ALL),
        new KeyCase(
            "linger", "", "3s", "1.5s", "off, or whole seconds from 0s to 65535s", true, TCP),
        new KeyCase("reuse-port", "", "on", "yes", "on and off", false, INET),
        new KeyCase("cert", "key=k.pem&", "c.pem", "%00", "the path of a PEM file", false, TLS),
        new KeyCase("key", "cert=c.pem&", "k.pem", "%00", "the path of a PEM file", false, TLS),
        new KeyCase(
            "client-ca",
            "cert=c.pem&key=k.pem&",
            "ca.pem",
            "%00",
            "the path of a PEM file",
            false,
            TLS),
        new KeyCase(
            "handshake-timeout",
            "cert=c.pem&key=k.pem&",
            "5s",
            "0s",
            "a duration above 0, or off",
            false,
            TLS),
        new KeyCase("work", "", "50us", "2m", "0 to 1m", false, ALL),
        new KeyCase("inspect", "", "on", "yes", "on and off", false, ALL),
        new KeyCase(
            "delay",
            "",
            "2ms",
            "2ms:101",
            "DURATION:PERCENT by commas, such as 2ms:5,50ms:0.1",
            false,
            ALL),
        new KeyCase("drop", "", "1", "101", "0 to 100", false, ALL),
        new KeyCase("dup", "", "0.5", "-1", "0 to 100", false, ALL),
        new KeyCase("corrupt", "", "100", "1%25", "0 to 100", false, ALL),
        new KeyCase("close", "", ".5", "often", "0 to 100", false, STREAMS),
        new KeyCase("rst", "", "0.01", "1e2", "0 to 100", false, TCP),
        new KeyCase("truncate", "", "0", "1,5", "0 to 100", false, ALL),
        new KeyCase("reorder", "", "1", "100.1", "0 to 100", false, UDP),
        new KeyCase("slow", "", "1KB/s", "1KB", "1B/s to 1GB/s", false, STREAMS),
        new KeyCase("capacity", "", "20k", "0", "1 to 1000000000", false, ALL),
        new KeyCase("seed", "drop=1&", "42", "-1", "0 or more", false, ALL));
  }

  @Test
  void everyKeyHasItsCase() {
    assertEquals(
        Arrays.stream(Key.values()).map(Key::text).collect(Collectors.toSet()),
        keys().map(KeyCase::key).collect(Collectors.toSet()));
  }

  @ParameterizedTest
  @MethodSource("keys")
  void isTakenWhereItBelongs(KeyCase key) {
    for (Scheme scheme : key.schemes) {
      assertDoesNotThrow(() -> ListenerSpec.parse(key.listener(scheme)));
      if (key.target) {
        assertDoesNotThrow(() -> TargetSpec.parse(key.url(scheme)));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("keys")
  void isRefusedOnAnotherTransport(KeyCase key) {
    for (Scheme scheme : EnumSet.complementOf(EnumSet.copyOf(key.schemes))) {
      // What a key needs belongs to the same transports; without it the refusal is the key's own.
      String url = key.url(scheme).replace(key.needs, "");
      assertSays(
          Refusal.ofListener(url),
          url + ": " + key.key + "=" + key.good + " is not for a " + scheme.text() + " listener; ",
          "a " + scheme.text() + " listener has framing, reply, ");
    }
  }

  @ParameterizedTest
  @MethodSource("keys")
  void isRefusedOnATargetThatCannotHaveIt(KeyCase key) {
    if (key.target) {
      return;
    }
    // Without what it needs, which a target may not have either.
    String refusal = Refusal.ofTarget(key.url(key.scheme()).replace(key.needs, ""));
    String side = key.scheme().text() + " target";
    assertSays(
        refusal, key.key + "=" + key.good + " is not for a " + side + "; a " + side + " has ");
    String offered = refusal.substring(refusal.indexOf(" has ") + " has ".length());
    assertFalse(List.of(offered.split(", ")).contains(key.key), refusal);
  }

  @Test
  void onlyFaultsCanBeChangedAtRunTime() {
    Set<String> faults =
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
    keys()
        .forEach(
            key -> {
              String url = key.url(key.scheme());
              if (faults.contains(key.key)) {
                assertDoesNotThrow(() -> FaultChange.parse(url));
              } else {
                assertSays(
                    Refusal.of(() -> FaultChange.parse(url)),
                    " is not for a " + key.scheme().text() + " listener at run time; a ",
                    " listener at run time has delay, drop, dup, corrupt, ");
              }
            });
  }

  @ParameterizedTest
  @MethodSource("keys")
  void refusesABadValueByKeyValueAndWhatIsAllowed(KeyCase key) {
    String url = key.url(key.scheme(), key.key + "=" + key.bad);
    assertSays(
        Refusal.ofListener(url),
        url + ": " + key.key + "=" + key.bad + " is not valid: ",
        key.allowed);
  }

  @ParameterizedTest
  @MethodSource("keys")
  void refusesAnEmptyValueUnlessItIsText(KeyCase key) {
    String url = key.url(key.scheme(), key.key + "=");
    if (key.key.equals("greeting")) {
      assertDoesNotThrow(() -> ListenerSpec.parse(url));
    } else {
      assertSays(Refusal.ofListener(url), key.key + "= is not valid: ", key.allowed);
    }
  }

  @ParameterizedTest
  @MethodSource("keys")
  void refusesABadPercent(KeyCase key) {
    for (String bad : new String[] {"%", "%4", "%4g", "%%41", "%+1"}) {
      assertSays(
          Refusal.ofListener(key.url(key.scheme(), key.key + "=" + bad)),
          key.key + "=" + bad + " is not valid: a % must be followed by two hexadecimal digits");
    }
  }

  @ParameterizedTest
  @MethodSource("keys")
  void isGivenOnce(KeyCase key) {
    String url = key.url(key.scheme()) + "&" + key.key + "=" + key.good;
    if (key.key.equals("greeting")) {
      assertEquals(2, ListenerSpec.parse(url).conversation().greetings().size());
    } else {
      assertEquals(
          url + ": " + key.key + "=" + key.good + " is given twice; it may stand once",
          Refusal.ofListener(url));
    }
  }

  @ParameterizedTest
  @MethodSource("keys")
  void needsAnEqualsSign(KeyCase key) {
    String url = key.url(key.scheme(), key.key);
    assertEquals(
        url + ": '" + key.key + "' has no =; keys are written key=value, separated by &",
        Refusal.ofListener(url));
  }

  @ParameterizedTest
  @MethodSource("keys")
  void decodesPercentInItsValue(KeyCase key) {
    String encoded =
        key.good.chars().mapToObj(c -> String.format("%%%02x", c)).collect(Collectors.joining());
    assertDoesNotThrow(() -> ListenerSpec.parse(key.url(key.scheme(), key.key + "=" + encoded)));
  }
}
