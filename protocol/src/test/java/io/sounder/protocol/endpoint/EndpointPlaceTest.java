package io.sounder.protocol.endpoint;

import static io.sounder.protocol.endpoint.Refusal.assertSays;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Scheme, host, port and path: where a listener listens or a target is. */
class EndpointPlaceTest {
  private static final ServiceNames SERVICES =
      ServiceNames.of(List.of("web 8081/tcp www-alias", "web 8082/udp"));

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          tcp://127.0.0.1:8888            | TCP | 127.0.0.1    | 8888
          udp://127.0.0.1:8888            | UDP | 127.0.0.1    | 8888
          tcp://localhost:0               | TCP | localhost    | 0
          tcp://:8888                     | TCP | ::           | 8888
          udp://:8888                     | UDP | ::           | 8888
          tcp://[::]:8888                 | TCP | ::           | 8888
          tcp://[::1]:8888                | TCP | ::1          | 8888
          tcp://[fe80::1%25eth0]:8888     | TCP | fe80::1%eth0 | 8888
          tcp://[::ffff:10.0.0.1]:65535   | TCP | ::ffff:10.0.0.1 | 65535
          tcp://0.0.0.0:8888              | TCP | 0.0.0.0      | 8888
          tcp://%6cocalhost:%38080        | TCP | localhost    | 8080
          tcp://bücher.example:80         | TCP | bücher.example | 80
          tcp://a+b#c:80                  | TCP | a+b#c        | 80
          tcp://a:00080                   | TCP | a            | 80
          tcp://a:80?reply=ok             | TCP | a            | 80
          tcp://a:80?greeting=://?&reply=ok | TCP | a          | 80
          """)
  void readsHostAndPortOfAListener(String text, Scheme scheme, String host, int port) {
    assertEquals(Endpoint.inet(scheme, host, port), ListenerSpec.parse(text).endpoint());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          tcp://a:web        | 8081
          tcp://a:www-alias  | 8081
          udp://a:web        | 8082
          tcp://a:http       | 80
          udp://a:time       | 37
          tcp://a:w%65b      | 8081
          """)
  void looksServiceNamesUpForTheTransport(String text, int port) {
    assertEquals(port, ListenerSpec.parse(text, SERVICES).endpoint().port());
    assertEquals(port, TargetSpec.parse(text, SERVICES).endpoint().port());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          unix:///run/s.sock           | /run/s.sock
          unix:///run/a%20b%3Fc%25.sock | /run/a b?c%.sock
          unix:///run/a b#c+d&e=f:g    | /run/a b#c+d&e=f:g
          unix:///run/连接?reply=ok    | /run/连接
          unix://%2Frun%2Fs            | /run/s
          """)
  void readsThePathOfAUnixSocket(String text, String path) {
    assertEquals(Endpoint.unix(path), ListenerSpec.parse(text).endpoint());
    assertEquals(Endpoint.unix(path), TargetSpec.parse(text).endpoint());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "tcp://127.0.0.1:8888",
        "udp://[::1]:53",
        "tcp://[fe80::1%25eth0]:8888",
        "tcp://[::]:0",
        "unix:///run/s.sock",
        "unix:///run/a b%3Fc%25%0A连.sock",
        "tcp://a%25b:1"
      })
  void showsAnEndpointAsItIsParsed(String text) {
    assertEquals(text, ListenerSpec.parse(text + "?reply=ok").endpoint().toString());
  }

  @Test
  void showsTheWildcardInBrackets() {
    assertEquals("tcp://[::]:8888", ListenerSpec.parse("tcp://:8888").endpoint().toString());
  }

  @Test
  void showsThePortThatTheSystemChose() {
    Endpoint endpoint = ListenerSpec.parse("tcp://127.0.0.1:0").endpoint();
    assertEquals("tcp://127.0.0.1:40000", endpoint.withPort(40000).toString());
    assertThrows(IllegalArgumentException.class, () -> endpoint.withPort(65536));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          127.0.0.1:8888         | is no endpoint; expected SCHEME://HOST:PORT, such as tcp://127.0.0.1:8888, or unix:///path
          tcp:8888?greeting=a://b | is no endpoint; expected SCHEME://HOST:PORT
          ssl://a:443            | 'ssl' in ssl://a:443 is no scheme (did you mean tls?); known are tcp, tls, udp and unix
          TCP://a:443            | 'TCP' in TCP://a:443 is no scheme (did you mean tcp?); known are tcp, tls, udp and unix
          http://a:80            | 'http' in http://a:80 is no scheme (did you mean tcp?); known are tcp, tls, udp and unix
          tcp://a                | tcp://a: no port; expected tcp://HOST:PORT
          udp://[::1]            | udp://[::1]: no port; expected udp://HOST:PORT
          tcp://a:               | tcp://a:: no port; expected a number from 0 to 65535 or a service name
          tcp://a:70000          | tcp://a:70000: port 70000 is out of range; ports go from 0 to 65535
          tcp://a:99999999999    | port 99999999999 is out of range; ports go from 0 to 65535
          tcp://a:-1             | port -1 is out of range; ports go from 0 to 65535
          tcp://a:80/            | '80/' is no port; only ?key=value can follow
          tcp://a/b:80           | 'a/b' is no host name
          tcp://u@a:80           | 'u@a' is no host name
          tcp://a b:80           | 'a b' is no host name
          tcp://a%5Db:80         | 'a]b' is no host name
          tcp://a%7F:80          | 'a\\x7f' is no host name
          tcp://a%0Ab:80         | 'a\\nb' is no host name
          tcp://::1:80           | an IPv6 address stands in brackets, such as [::1]
          tcp://[::1]x:80        | an IPv6 address is written [ADDRESS]:PORT
          tcp://[::1:80          | an IPv6 address is written [ADDRESS]:PORT
          tcp://[]:80            | '' is no IPv6 address
          tcp://[1.2.3.4]:80     | '1.2.3.4' is no IPv6 address
          tcp://[::g]:80         | '::g' is no IPv6 address
          tcp://[fe80::1%25]:80  | 'fe80::1%' is no IPv6 address (a zone is written [fe80::1%25eth0])
          tcp://[fe80::1%eth0]:80 | a % must be followed by two hexadecimal digits (a plain % is written %25)
          tcp://a%:80            | a % must be followed by two hexadecimal digits
          tcp://a%FF:80          | does not decode to UTF-8
          unix://run/s.sock      | a Unix socket needs an absolute path, such as unix:///run/sounder.sock
          unix:///               | a Unix socket needs an absolute path
          unix://                | a Unix socket needs an absolute path
          unix:///run/a%00b      | a path has no NUL in it
          unix:///run/a%zz       | a % must be followed by two hexadecimal digits
          """)
  void refusesWhatIsNoPlace(String text, String said) {
    assertSays(Refusal.ofListener(text), said);
    assertSays(Refusal.ofTarget(text), said);
  }

  @Test
  void refusesASocketPathThatASystemCallWouldNotTake() {
    String longest = "/" + "x".repeat(105);
    assertEquals(longest, ListenerSpec.parse("unix://" + longest).endpoint().path());
    String said = "a Unix socket path has at most 106 bytes, and this one has 107";
    assertSays(Refusal.ofListener("unix://" + longest + "x"), said);
    assertSays(Refusal.ofTarget("unix:///连" + "x".repeat(103)), said);
  }

  @ParameterizedTest
  @ValueSource(strings = {"tcp://a:no-such-service", "udp://a:www-alias"})
  void refusesAServiceThatNobodyKnows(String text) {
    UnknownServiceException refusal =
        assertThrows(UnknownServiceException.class, () -> TargetSpec.parse(text, SERVICES));
    String service = text.substring(text.lastIndexOf(':') + 1);
    assertSays(
        refusal.getMessage(),
        "couldn't find the port of service '" + service + "' for " + text.substring(0, 3),
        "give a number");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          tcp://:80   | a target needs a host, such as 127.0.0.1
          udp://:80   | a target needs a host, such as 127.0.0.1
          tcp://a:0   | a target needs a port from 1 to 65535
          udp://a:0   | a target needs a port from 1 to 65535
          """)
  void wantsHostAndPortOfATarget(String text, String said) {
    assertEquals(text + ": " + said, Refusal.ofTarget(text));
  }

  @Test
  void keepsTheTextAsItWasWritten() {
    String text = "tcp://:8888?greeting=%41";
    assertEquals(text, ListenerSpec.parse(text).text());
    assertEquals("tcp://a:1", TargetSpec.parse("tcp://a:1").text());
  }
}
