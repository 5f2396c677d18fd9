package io.sounder.protocol.endpoint;

import static io.sounder.protocol.endpoint.Refusal.assertSays;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sounder.protocol.endpoint.FaultSpec.Delay;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a listener does wrong on purpose, as it is written and as it is read. */
class FaultSpecTest {
  private static final long MS = 1_000_000L;

  @Test
  void readsEveryFault() {
    FaultSpec stream =
        of(
            "tcp",
            "delay=2ms:5,50ms:0.1&drop=1&dup=2&corrupt=.5&close=0.25&rst=3&truncate=100"
                + "&slow=1.5KB/s&capacity=20k&seed=7");
    assertEquals(
        new FaultSpec(
            Map.of(
                Fault.DROP, 1.0,
                Fault.DUP, 2.0,
                Fault.CORRUPT, 0.5,
                Fault.CLOSE, 0.25,
                Fault.RST, 3.0,
                Fault.TRUNCATE, 100.0),
            List.of(new Delay(2 * MS, 5), new Delay(50 * MS, 0.1)),
            1500,
            20_000,
            OptionalLong.of(7)),
        stream);
    assertEquals(4.5, of("udp", "reorder=4.5").percent(Fault.REORDER));
  }

  @Test
  void delaysEveryReplyWhereNoPercentIsGiven() {
    assertEquals(List.of(new Delay(2 * MS, 100)), of("tcp", "delay=2ms").delays());
  }

  @Test
  void takesPercentsThatSumToExactlyAHundred() {
    assertEquals(3, of("tcp", "delay=1ms:33.3,2ms:33.3,3ms:33.4").delays().size());
    assertEquals(2, of("tcp", "delay=1ms:99.99999,2ms:0.00001").delays().size());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          delay=1ms:60,2ms:41      | the percents sum to 101; allowed is a duration above 0 to 1h
          delay=1ms,2ms:1          | the percents sum to 101; allowed is
          delay=1ms:               | '' is not a number of percent; allowed is
          delay=1ms:1,             | '' is not a duration
          delay=:1                 | '' is not a duration
          delay=1ms:1:1            | '1:1' is not a number of percent
          delay=0                  | '0' is out of range
          delay=0ms:5              | '0ms' is out of range
          delay=61m                | '61m' is out of range
          delay=2ms%3A5            | '2ms:5' is not a duration
          drop=100.5               | '100.5' percent is more than all; allowed is 0 to 100
          corrupt=few              | 'few' is not a number of percent; allowed is 0 to 100
          slow=0B/s                | allowed is 1B/s to 1GB/s
          slow=2GB/s               | allowed is 1B/s to 1GB/s
          capacity=1001M           | allowed is 1 to 1000000000
          capacity=0.5             | '0.5' is no whole number
          seed=1                   | needs a fault that is drawn, such as drop=1
          capacity=5&seed=1        | needs a fault that is drawn, such as drop=1
          drop=1&seed=x            | 'x' is not a whole number
          """)
  void refusesWhatCannotBe(String keys, String reason) {
    String url = "tcp://127.0.0.1:1?" + keys;
    String refusal = Refusal.ofListener(url);
    assertSays(refusal, url + ": ", reason);
  }

  @ParameterizedTest
  @ValueSource(strings = {"drop=0", "delay=1ms:0", "corrupt=0.0&dup=0", "drop=0&seed=5"})
  void isNoneWhereNothingIsEverWrong(String keys) {
    assertTrue(of("tcp", keys).isNone());
    assertFalse(of("tcp", keys).isDrawn());
  }

  @ParameterizedTest
  @CsvSource({"drop=0.001, true", "delay=1ns, true", "capacity=1, false", "slow=1B/s, false"})
  void knowsWhetherChanceDecides(String keys, boolean drawn) {
    assertFalse(of("tcp", keys).isNone());
    assertEquals(drawn, of("tcp", keys).isDrawn());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "delay=2ms:5,50ms:0.1",
        "delay=1500us:100",
        "rst=1&close=0.5&drop=2&truncate=3&corrupt=0.1&dup=100",
        "drop=0.0000001&slow=1000B/s&capacity=20000&seed=9223372036854775807",
      })
  void isWrittenAsItIsRead(String keys) {
    assertEquals(keys, of("tcp", keys).toString());
  }

  @Test
  void isWrittenWithTheSeedThatWasChosen() {
    assertEquals("drop=1&seed=5", of("tcp", "drop=1").withSeed(5).toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"tcp://127.0.0.1:8888", "udp://[::1]:7", "unix:///run/a%3Fb.sock"})
  void isChangedByTheNameOfTheListener(String listener) {
    assertEquals(
        ListenerSpec.parse(listener).endpoint(),
        FaultChange.parse(listener + "?drop=1").listener());
    assertEquals(1, FaultChange.parse(listener + "?drop=1").faults().percent(Fault.DROP));
    assertTrue(FaultChange.parse(listener).faults().isNone());
    assertTrue(FaultChange.parse(listener + "?").faults().isNone());
  }

  private static FaultSpec of(String scheme, String keys) {
    String place = scheme + "://127.0.0.1:1";
    return ListenerSpec.parse(keys.isEmpty() ? place : place + "?" + keys).faults();
  }
}
