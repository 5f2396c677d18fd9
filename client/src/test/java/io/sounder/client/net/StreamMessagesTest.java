package io.sounder.client.net;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sounder.client.fixture.Loopback;
import io.sounder.client.wire.Wiring;
import io.sounder.protocol.endpoint.TargetSpec;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class StreamMessagesTest {
  private static final int ROUNDS = 500;
  private static final int MOMENT = 2_000; // turns of a loop: until the receiver waits again

  /** Both arrive at about the same time, so that in some of the rounds one look sees both. */
  @Test
  @Timeout(60)
  void aWakeUpThatComesWithPartOfAMessageIsNotLost() throws Exception {
    try (ServerSocketChannel listening =
            ServerSocketChannel.open().bind(new InetSocketAddress(Loopback.V4, 0));
        MessageLink link = Dialer.standard(Wiring.PLAIN).openMessages(target(listening));
        SocketChannel peer = listening.accept()) {
      AtomicInteger woken = new AtomicInteger();
      Thread receiver =
          new Thread(
              () -> {
                while (woken.get() < ROUNDS) {
                  assertEquals(MessageLink.Event.NOTHING, link.receive(Deadline.never()));
                  woken.incrementAndGet();
                }
              },
              "receiver");
      receiver.setDaemon(true);
      receiver.start();
      peer.write(ByteBuffer.allocate(4).putInt(0, 2 * ROUNDS)); // never complete
      for (int i = 1; i <= ROUNDS; i++) {
        for (int turn = 0; turn < MOMENT; turn++) {
          Thread.onSpinWait();
        }
        peer.write(ByteBuffer.allocate(1));
        link.wakeup();
        int round = i;
        await("woken in round " + i)
            .pollDelay(Duration.ZERO)
            .pollInterval(Duration.ofNanos(20_000))
            .atMost(Duration.ofSeconds(10))
            .until(() -> woken.get() >= round);
      }
    }
  }

  private static TargetSpec target(ServerSocketChannel listening) {
    return TargetSpec.parse(
        "tcp://127.0.0.1:" + listening.socket().getLocalPort() + "?framing=length");
  }
}
