package io.sounder.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sounder.protocol.endpoint.ListenerSpec;
import io.sounder.server.connection.DatagramDrop;
import io.sounder.server.connection.Listener;
import io.sounder.server.connection.SourceGuard;
import io.sounder.server.fixture.ManualClock;
import io.sounder.server.guard.OwnPorts;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.time.Duration;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What limits come to where nothing was said, as a source that asks without a pause meets them. */
class SourceGuardsTest {
  private static final int UNLIMITED = 100_000;

  private final ManualClock clock = new ManualClock();

  @ParameterizedTest
  @CsvSource({
    "allow=any,                          ::,        1000",
    "allow=0.0.0.0/0,                    ::,        1000",
    "allow=any&deny=10.0.0.0/8,          ::,        1000",
    "allow=any,                          127.0.0.1, 100000",
    "allow=192.0.0.0/8,                  ::,        100000",
    "allow=192.0.2.0/24,                 ::,        100000",
    "allow=any&rate-limit=off,           ::,        100000",
    "allow=any&rate-limit=50,            ::,        50",
    "allow=192.0.2.0/24&rate-limit=50,   ::,        50",
    "allow=any&rate-limit=50,            127.0.0.1, 50",
    "allow=any&rate-limit=20k,           ::,        20000",
    "allow=any&rate-limit=off&rate-limit-total=30, ::, 30",
    "rate-limit-total=30,                127.0.0.1, 30",
  })
  void limitsEachSource(String keys, String boundTo, int perSecond) throws Exception {
    SourceGuard guard = guard(keys, boundTo);
    String source = boundTo.equals("::") ? "192.0.2.7" : "127.0.0.9";
    int atOnce = answered(guard, source, UNLIMITED);
    int expected = perSecond == UNLIMITED ? UNLIMITED : Math.max(10, perSecond / 10);
    assertEquals(expected, atOnce, "at once");
    clock.advance(Duration.ofSeconds(1));
    assertEquals(expected, answered(guard, source, UNLIMITED), "a second later");
  }

  @ParameterizedTest
  @CsvSource({
    "allow=any,                       1000",
    "allow=any&rate-limit=200,        200",
    "allow=any&rate-limit-total=500,  50",
    "allow=private&rate-limit=10,     100000",
  })
  void limitsAllSourcesTogetherWhereEveryoneMayAsk(String keys, int atOnce) throws Exception {
    SourceGuard guard = guard(keys, "::");
    int answered = 0;
    for (int i = 0; i < UNLIMITED; i++) {
      String source = "192.168." + i / 256 % 256 + "." + (1 + i / 2 % 128);
      assertNull(guard.refusal(new InetSocketAddress(source, 40_000)));
      answered += guard.overLimit(clock.nanoTime()) == null ? 1 : 0;
      clock.advance(Duration.ofNanos(1));
    }
    int broughtByTime = 10;
    assertTrue(answered >= atOnce && answered <= atOnce + broughtByTime, "answered " + answered);
  }

  @ParameterizedTest
  @CsvSource({
    "allow=private,                  ::,        true",
    "allow=any,                      ::,        true",
    "allow=any&loop-breaker=off,     ::,        false",
    "allow=any,                      127.0.0.1, false",
    "loop-breaker=on,                127.0.0.1, true",
  })
  void breaksLoopsWhereSpoofingTakesNoRoot(String keys, String boundTo, boolean breaks)
      throws Exception {
    SourceGuard guard = guard(keys, boundTo);
    String source = boundTo.equals("::") ? "192.168.1.1" : "127.0.0.9";
    assertNull(guard.refusal(new InetSocketAddress(source, 40_000)));
    DatagramDrop last = null;
    for (int i = 0; i <= 1_000; i++) {
      assertNull(last, "after " + i);
      last = guard.loop(ByteBuffer.allocate(16), clock.nanoTime());
    }
    assertEquals(breaks ? DatagramDrop.LOOP : null, last);
    assertEquals(breaks, guard.mustTellOfLoop());
  }

  @Test
  void tellsOfALoopNotMoreOftenThanAnOperatorCanRead() throws Exception {
    SourceGuard guard = guard("allow=any", "::");
    int told = 0;
    for (int port = 40_000; port < 40_100; port++) {
      assertNull(guard.refusal(new InetSocketAddress("192.0.2.7", port)));
      for (int i = 0; i <= 1_000; i++) {
        guard.loop(ByteBuffer.allocate(16), clock.nanoTime());
      }
      told += guard.mustTellOfLoop() ? 1 : 0;
      clock.advance(Duration.ofMillis(200)); // 20 s in all
    }
    assertEquals(2, told);
  }

  private int answered(SourceGuard guard, String source, int asked) {
    assertNull(guard.refusal(new InetSocketAddress(source, 40_000)));
    int answered = 0;
    for (int i = 0; i < asked; i++) {
      answered += guard.overLimit(clock.nanoTime()) == null ? 1 : 0;
    }
    return answered;
  }

  private SourceGuard guard(String keys, String boundTo) throws Exception {
    ListenerSpec spec = ListenerSpec.parse("udp://:7777?" + keys);
    Listener listener = new Listener(spec, spec.endpoint(), 9, "host", InstantSource.system());
    SourceGuards guards = new SourceGuards(listener, new OwnPorts(), clock);
    try (DatagramChannel channel = DatagramChannel.open()) {
      channel.bind(new InetSocketAddress(InetAddress.getByName(boundTo), 0));
      return guards.guardOf(channel);
    }
  }
}
