package io.sounder.protocol.endpoint;

import static io.sounder.protocol.endpoint.Refusal.assertSays;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whether a listener's connections begin with a PROXY header, and from whom. */
class ProxyRuleTest {
  private static final String TCP = "tcp://127.0.0.1:8888?";

  @ParameterizedTest
  @ValueSource(
      strings = {"tcp://127.0.0.1:1", "tcp://127.0.0.1:1?proxy-protocol=off", "udp://[::1]:1"})
  void isOffUnlessAskedFor(String listener) {
    assertEquals(new ProxyRule(false, Optional.empty()), ListenerSpec.parse(listener).proxy());
  }

  @Test
  void namesWhoMaySendAHeader() {
    ProxyRule rule =
        ListenerSpec.parse(TCP + "proxy-protocol=required&proxy-from=10.0.0.1,fd00%3A%3A%2F8")
            .proxy();
    assertTrue(rule.isRequired());
    assertTrue(rule.senders().orElseThrow().allows(new byte[] {10, 0, 0, 1}));
    assertFalse(rule.senders().orElseThrow().allows(new byte[] {10, 0, 0, 2}));
  }

  @ParameterizedTest
  @ValueSource(strings = {"proxy-from=any", "proxy-protocol=off&proxy-from=any"})
  void refusesSendersOfHeadersThatNobodyReads(String keys) {
    assertSays(Refusal.ofListener(TCP + keys), "proxy-from=any needs proxy-protocol=required");
  }

  @Test
  void limitsTheTimeForAHeaderWhereNoMessageIsEverIncomplete() {
    Limits limits = ListenerSpec.parse(TCP + "proxy-protocol=required&message-timeout=5s").limits();
    assertEquals(5_000_000_000L, limits.messageTimeoutNanos());
    assertSays(
        Refusal.ofListener(TCP + "proxy-protocol=off&message-timeout=5s"),
        "message-timeout=5s does not go with framing=raw");
  }
}
