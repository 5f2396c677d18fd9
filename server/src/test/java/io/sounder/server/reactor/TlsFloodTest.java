package io.sounder.server.reactor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sounder.server.connection.CloseReason;
import io.sounder.server.fixture.Certificates;
import io.sounder.server.fixture.Peer;
import io.sounder.server.fixture.TlsPeer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Peers that cost much, and send little or nothing. */
@Timeout(30)
class TlsFloodTest {
  private static final String TLS_1_3 = "TLSv1.3";
  private static final int BUDGET = 1 << 20;

  @Test
  void closesAPeerThatChangesItsKeysTooOftenAtOnce() throws Exception {
    try (SteppedReactor server = new SteppedReactor(Certificates.listener(""));
        Peer peer = server.connect()) {
      TlsPeer tls = new TlsPeer(peer, TLS_1_3).shakeHands(server::step);
      tls.send(keyUpdates(tls, 500));
      server.stepUntil("ended", () -> hasEnded(tls));
      peer.channel().close();
      server.stepUntil("closed", () -> server.counters.closed() == 1);
      assertEquals(1, server.counters.closed(CloseReason.TLS_PROTOCOL));
    }
  }

  @Test
  void closesAPeerThatHidesThemAmongData() throws Exception {
    try (SteppedReactor server = new SteppedReactor(Certificates.listener(""));
        Peer peer = server.connect()) {
      TlsPeer tls = new TlsPeer(peer, TLS_1_3).shakeHands(server::step);
      ByteArrayOutputStream records = new ByteArrayOutputStream();
      for (int i = 0; i < 20; i++) {
        records.writeBytes(keyUpdates(tls, 20));
        records.writeBytes(tls.encrypted("x"));
      }
      tls.send(records.toByteArray());
      server.stepUntil("ended", () -> hasEnded(tls));
      peer.channel().close();
      server.stepUntil("closed", () -> server.counters.closed() == 1);
      assertEquals(1, server.counters.closed(CloseReason.TLS_PROTOCOL));
    }
  }

  @Test
  void closesAPeerThatDoesNothingElse() throws Exception {
    try (SteppedReactor server = new SteppedReactor(Certificates.listener(""));
        Peer peer = server.connect()) {
      TlsPeer tls = new TlsPeer(peer, TLS_1_3).shakeHands(server::step);
      for (int i = 0; i < 20 && !tls.hasEnded(); i++) {
        tls.send(keyUpdates(tls, 10));
        server.step();
        server.step();
        tls.receive();
      }
      server.stepUntil("ended", () -> hasEnded(tls));
      peer.channel().close();
      server.stepUntil("closed", () -> server.counters.closed() == 1);
      assertEquals(1, server.counters.closed(CloseReason.TLS_PROTOCOL));
    }
  }

  @Test
  void servesAPeerThatChangesItsKeysNowAndThen() throws Exception {
    try (SteppedReactor server = new SteppedReactor(Certificates.listener(""));
        Peer peer = server.connect()) {
      TlsPeer tls = new TlsPeer(peer, TLS_1_3).shakeHands(server::step);
      for (int i = 0; i < 30; i++) {
        tls.send(keyUpdates(tls, 10));
        tls.send(tls.encrypted("hello"));
        assertEquals("hello", tls.readText(5, server::step));
      }
    }
  }

  private static byte[] keyUpdates(TlsPeer tls, int count) throws IOException {
    ByteArrayOutputStream records = new ByteArrayOutputStream();
    for (int i = 0; i < count; i++) {
      records.writeBytes(tls.keyUpdate());
    }
    return records.toByteArray();
  }

  @Test
  void letsHandshakesThatAreNotOverPayForThemselves() throws Exception {
    List<Peer> begun = new ArrayList<>();
    try (SteppedReactor server =
            SteppedReactor.withBufferBudget(BUDGET, Certificates.listener(""));
        Peer good = server.connect()) {
      TlsPeer tls = new TlsPeer(good, TLS_1_3).shakeHands(server::step);
      server.stepUntil("secured", () -> server.counters.secured() == 1);
      for (int i = 0; i < 60; i++) {
        Peer peer = server.connect();
        begun.add(peer);
        peer.channel().write(ByteBuffer.wrap(new byte[] {22}));
        long before = held(server);
        server.stepUntil("charged", () -> held(server) != before);
        server.advance(BufferReliefTest.LONGER_THAN_A_LOOK_TAKES);
        assertTrue(held(server) <= BUDGET / 8 * 7, held(server) + " bytes held");
      }
      assertTrue(server.counters.closed(CloseReason.BUFFER_BUDGET) > 0);
      tls.send(tls.encrypted("hello"));
      assertEquals("hello", tls.readText(5, server::step));
    } finally {
      for (Peer peer : begun) {
        peer.close();
      }
    }
  }

  private static long held(SteppedReactor server) {
    return server.reactor.pool().bufferBytes();
  }

  private static boolean hasEnded(TlsPeer tls) {
    tls.receiveOrFail();
    return tls.hasEnded();
  }
}
