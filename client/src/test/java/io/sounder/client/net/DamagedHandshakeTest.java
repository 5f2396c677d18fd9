package io.sounder.client.net;

import static io.sounder.client.net.TlsClient.TRUSTING;
import static io.sounder.client.net.TlsClient.connect;
import static io.sounder.client.net.TlsClient.wiring;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sounder.client.fixture.ByteRelay;
import io.sounder.client.fixture.ByteRelay.Cut;
import io.sounder.client.fixture.Certificates;
import io.sounder.client.fixture.TlsServer;
import io.sounder.client.fixture.TlsServer.Manner;
import io.sounder.client.fixture.TlsServer.Peer;
import io.sounder.client.outcome.ClientFailure;
import io.sounder.client.outcome.ErrorClass;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A server whose words are not as they should be: one byte of them, chosen by a seed. */
@Timeout(value = 60, threadMode = ThreadMode.SEPARATE_THREAD)
class DamagedHandshakeTest {
  private static final int SEEDS = 60;
  private static final int HANDSHAKE_BYTES = 900; // of a server with one short certificate
  private static final long TIMEOUT_NANOS = 200_000_000L; // where a length was made longer
  private static final byte[] MESSAGE = "echo".getBytes(StandardCharsets.US_ASCII);

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void isAFailureOfTlsInOneLineAndNothingElse(String protocol) throws IOException {
    Manner manner = Manner.of(Certificates.EC_SERVER).over(protocol);
    int failed = 0;
    try (TlsServer server = TlsServer.start(manner, Peer::echo)) {
      for (int seed = 0; seed < SEEDS; seed++) {
        Random random = new Random(seed);
        int place = random.nextInt(random.nextBoolean() ? HANDSHAKE_BYTES : 100);
        int bits = 1 + random.nextInt(255);
        try (ByteRelay relay = new ByteRelay(server.port(), Cut.NOWHERE, place, bits)) {
          failed += fails(relay.target(), "seed " + seed) ? 1 : 0;
        }
      }
    }
    assertTrue(failed > SEEDS / 2, failed + " of " + SEEDS);
  }

  private static boolean fails(String target, String seed) {
    Dialer dialer = new Dialer(NanoClock.SYSTEM, TIMEOUT_NANOS, wiring(target, TRUSTING));
    try (StreamConnection connection = connect(target, dialer)) {
      Deadline deadline = Deadline.after(NanoClock.SYSTEM, TIMEOUT_NANOS);
      connection.write(ByteBuffer.wrap(MESSAGE), deadline);
      ByteBuffer reply = ByteBuffer.allocate(MESSAGE.length);
      if (connection.read(reply, deadline) > 0) {
        assertEquals(ByteBuffer.wrap(MESSAGE), reply.flip(), seed);
      }
      return false;
    } catch (ClientFailure e) {
      assertEquals(ErrorClass.TLS, e.errorClass(), seed + ": " + e.getMessage());
      assertEquals(1, e.getMessage().lines().count(), seed + ": " + e.getMessage());
      return true;
    }
  }
}
