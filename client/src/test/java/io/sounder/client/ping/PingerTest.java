package io.sounder.client.ping;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sounder.client.cli.Console;
import io.sounder.client.fixture.DatagramServer;
import io.sounder.client.net.Dialer;
import io.sounder.client.net.NanoClock;
import io.sounder.client.wire.Wiring;
import io.sounder.protocol.endpoint.TargetSpec;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class PingerTest {
  private static final long INTERVAL_NANOS = 1_000_000L;

  @Test
  void aStopIsNoLossOfWhatIsOnItsWay() throws Exception {
    PingLedger ledger = pingUntilStopped(true);
    assertEquals(3, ledger.sent());
    assertEquals(3, ledger.received());
  }

  @Test
  void aStopDoesNotWaitForWhatNeverComes() throws Exception {
    long beganNanos = System.nanoTime();
    PingLedger ledger = pingUntilStopped(false);
    assertEquals(3, ledger.sent());
    assertEquals(2, ledger.received());
    assertTrue(System.nanoTime() - beganNanos < Pinger.TIMEOUT_NANOS, "it ends soon");
  }

  /** Stopped while the third is on its way. */
  private static PingLedger pingUntilStopped(boolean isThirdAnswered) throws Exception {
    AtomicReference<Pinger> running = new AtomicReference<>();
    try (DatagramServer server =
            DatagramServer.start(
                (datagram, number) -> {
                  if (number < 3) {
                    return List.of(datagram);
                  }
                  running.get().requestStop();
                  return isThirdAnswered ? List.of(datagram) : List.of();
                });
        Pinger pinger =
            new Pinger(
                TargetSpec.parse(server.target()),
                Dialer.standard(Wiring.PLAIN),
                new PingReport(Console.silent()),
                NanoClock.SYSTEM,
                7)) {
      running.set(pinger);
      pinger.open();
      pinger.announce();
      pinger.run(3, INTERVAL_NANOS);
      return pinger.ledger();
    }
  }
}
