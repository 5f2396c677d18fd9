package io.sounder.server.reactor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sounder.protocol.endpoint.ListenerSpec;
import io.sounder.server.connection.Listener;
import io.sounder.server.metrics.Counters;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class AcceptorTest {
  /** As {@code --exit-after} has it, on a socket that stays open since others have it too. */
  @Test
  void letsNobodyInAfterItWasToldToStopInTheMiddleOfABatch() throws Exception {
    List<SocketChannel> clients = new ArrayList<>();
    List<SocketChannel> admitted = new ArrayList<>();
    Acceptor[] acceptor = new Acceptor[1];
    try (ServerSocketChannel channel = ServerSocketChannel.open()) {
      channel.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      channel.configureBlocking(false);
      ListenerSpec spec = ListenerSpec.parse("tcp://127.0.0.1:0");
      Listener listener = new Listener(spec, spec.endpoint(), 10, "host", InstantSource.system());
      acceptor[0] =
          new Acceptor(
              channel,
              listener,
              new Counters(),
              (accepted, of, source) -> {
                admitted.add(accepted);
                acceptor[0].stop();
              },
              resumed -> {});
      for (int i = 0; i < 3; i++) {
        clients.add(SocketChannel.open(channel.getLocalAddress()));
      }
      assertTrue(acceptor[0].accept(0), "there are descriptors");
      assertEquals(1, admitted.size());
      assertTrue(channel.isOpen(), "it may be somebody else's too");
    } finally {
      closeAll(clients);
      closeAll(admitted);
    }
  }

  private static void closeAll(List<SocketChannel> channels) throws IOException {
    for (SocketChannel each : channels) {
      each.close();
    }
  }
}
