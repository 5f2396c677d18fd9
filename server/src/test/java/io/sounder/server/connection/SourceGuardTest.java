package io.sounder.server.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sounder.protocol.endpoint.AccessList;
import io.sounder.server.guard.OwnPorts;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whom UDP never answers, rule by rule. */
class SourceGuardTest {
  private static final int OWN_PORT = 8888;
  private static final int PLAIN_PORT = 40_000;

  private final SourceGuard onLoopback = guard(AccessList.ANY, true);
  private final SourceGuard onNetwork = guard(AccessList.ANY, false);

  @ParameterizedTest
  @ValueSource(ints = {0, 7, 9, 13, 17, 19, 37, 53, 69, 123, 161, 389, 1023})
  void neverAnswersAPrivilegedSourcePort(int port) throws Exception {
    assertEquals(DatagramDrop.PRIVILEGED_SOURCE_PORT, onLoopback.refusal(at("127.0.0.1", port)));
    assertEquals(DatagramDrop.PRIVILEGED_SOURCE_PORT, onNetwork.refusal(at("192.0.2.7", port)));
  }

  @ParameterizedTest
  @ValueSource(ints = {1900, 2049, 5353, 11211})
  void neverAnswersAPortOfAKnownReflector(int port) throws Exception {
    assertEquals(DatagramDrop.REFLECTOR_SOURCE_PORT, onLoopback.refusal(at("127.0.0.1", port)));
  }

  @Test
  void neverAnswersOneOfItsOwnPorts() throws Exception {
    assertEquals(DatagramDrop.OWN_SOURCE_PORT, onLoopback.refusal(at("127.0.0.1", OWN_PORT)));
    assertEquals(DatagramDrop.OWN_SOURCE_PORT, onNetwork.refusal(at("192.0.2.7", OWN_PORT)));
  }

  @Test
  void knowsAtOnceWhichPortsAreItsOwn() throws Exception {
    OwnPorts ports = new OwnPorts();
    SourceGuard guard = new SourceGuard(AccessList.ANY, ports, Set.of(), true);
    InetSocketAddress source = at("127.0.0.1", PLAIN_PORT);
    assertNull(guard.refusal(source));
    ports.add(PLAIN_PORT);
    ports.add(PLAIN_PORT);
    assertEquals(DatagramDrop.OWN_SOURCE_PORT, guard.refusal(source), "judged anew");
    ports.remove(PLAIN_PORT);
    assertEquals(DatagramDrop.OWN_SOURCE_PORT, guard.refusal(source), "another socket has it");
    ports.remove(PLAIN_PORT);
    assertNull(guard.refusal(source), "forgotten");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "224.0.0.1",
        "239.1.2.3",
        "ff02::1",
        "255.255.255.255",
        "192.0.2.255",
        "0.0.0.0",
        "::",
        "::ffff:224.0.0.1",
        "::ffff:255.255.255.255",
        "::ffff:0.0.0.0",
        "::ffff:192.0.2.255"
      })
  void neverAnswersAnAddressThatIsNoSingleHost(String host) throws Exception {
    assertEquals(DatagramDrop.SOURCE_ADDRESS, onNetwork.refusal(at(host, PLAIN_PORT)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "127.9.9.9", "::1", "::ffff:127.0.0.1"})
  void answersLoopbackOnlyOnLoopback(String host) throws Exception {
    assertEquals(DatagramDrop.LOOPBACK_SOURCE, onNetwork.refusal(at(host, PLAIN_PORT)));
    assertNull(onLoopback.refusal(at(host, PLAIN_PORT)));
  }

  @ParameterizedTest
  @CsvSource({
    "10.1.2.3,         true",
    "11.1.2.3,         false",
    "::ffff:10.1.2.3,  true",
    "::ffff:11.1.2.3,  false",
    "fd00::1,          false",
  })
  void answersWhoIsAllowed(String host, boolean allowed) throws Exception {
    SourceGuard guard = guard(AccessList.parse("10.0.0.0/8"), false);
    assertEquals(allowed ? null : DatagramDrop.ACCESS, guard.refusal(at(host, PLAIN_PORT)));
  }

  @Test
  void refusesTenThousandThatAskOnBehalfOfOthersAndAnswersNone() throws Exception {
    InetSocketAddress[] sources = {
      at("192.0.2.7", 19),
      at("192.0.2.7", OWN_PORT),
      at("192.0.2.7", 11211),
      at("224.0.0.1", PLAIN_PORT),
      at("255.255.255.255", PLAIN_PORT),
      at("192.0.2.255", PLAIN_PORT),
      at("0.0.0.0", PLAIN_PORT),
      at("127.0.0.1", PLAIN_PORT),
    };
    int refused = 0;
    for (int i = 0; i < 10_000; i++) {
      refused += onNetwork.refusal(sources[i % sources.length]) == null ? 0 : 1;
    }
    assertEquals(10_000, refused);
  }

  @Test
  void judgesEachSourceForItself() throws Exception {
    for (int i = 0; i < 3; i++) {
      assertNull(onLoopback.refusal(at("127.0.0.1", PLAIN_PORT)));
      assertEquals(DatagramDrop.OWN_SOURCE_PORT, onLoopback.refusal(at("127.0.0.1", OWN_PORT)));
      assertEquals(DatagramDrop.OWN_SOURCE_PORT, onLoopback.refusal(at("127.0.0.1", OWN_PORT)));
    }
  }

  @Test
  void judgesEachHostForItself() throws Exception {
    SourceGuard guard = guard(AccessList.parse("10.0.0.0/8"), false);
    for (int port = PLAIN_PORT; port < PLAIN_PORT + 3; port++) {
      assertNull(guard.refusal(at("10.1.2.3", port)));
      assertNull(guard.refusal(at("10.1.2.3", port + 1)));
      assertEquals(DatagramDrop.ACCESS, guard.refusal(at("11.1.2.3", port)));
      assertEquals(DatagramDrop.ACCESS, guard.refusal(at("11.1.2.3", port + 1)));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "192.0.2.7,  0,   4,    false", // RFC 868's empty question: 32 bytes for 28
    "192.0.2.7,  0,   56,   false", // 84 = 3 * 28
    "192.0.2.7,  0,   57,   true",
    "192.0.2.7,  100, 356,  false",
    "192.0.2.7,  100, 357,  true",
    "fd00::7,    0,   96,   false", // 144 = 3 * 48
    "fd00::7,    0,   97,   true",
    "192.0.2.7,  65507, 65507, false",
  })
  void staysWithinThreeTimesTheRequestHeadersCounted(
      String host, int request, int reply, boolean tooMuch) throws Exception {
    assertEquals(tooMuch, onNetwork.amplifies(at(host, PLAIN_PORT), request, reply));
  }

  @ParameterizedTest
  @CsvSource({
    "100, 100, 2, false", // 2 * 128 below 3 * 128
    "100, 164, 2, false", // 2 * 192 = 3 * 128
    "100, 165, 2, true",
    "0,   0,   9, false", // nothing is added to what was asked
    "1,   1,   4, true",
  })
  void countsEachCopyOfAReply(int request, int reply, int copies, boolean tooMuch)
      throws Exception {
    InetSocketAddress source = at("192.0.2.7", PLAIN_PORT);
    assertEquals(tooMuch, onNetwork.amplifies(source, request, reply, copies));
    assertFalse(onLoopback.amplifies(at("127.0.0.1", PLAIN_PORT), request, reply, copies));
  }

  @Test
  void letsRepliesGrowOnLoopback() throws Exception {
    assertFalse(onLoopback.amplifies(at("127.0.0.1", PLAIN_PORT), 0, 60_000));
    assertTrue(onNetwork.amplifies(at("192.0.2.7", PLAIN_PORT), 0, 60_000));
  }

  private static InetSocketAddress at(String host, int port) throws UnknownHostException {
    return new InetSocketAddress(InetAddress.getByName(host), port);
  }

  private static SourceGuard guard(AccessList access, boolean loopback) {
    OwnPorts ownPorts = new OwnPorts();
    ownPorts.add(OWN_PORT);
    ownPorts.add(9999);
    try {
      return new SourceGuard(
          access, ownPorts, Set.of(InetAddress.getByName("192.0.2.255")), loopback);
    } catch (UnknownHostException e) {
      throw new AssertionError(e);
    }
  }
}
