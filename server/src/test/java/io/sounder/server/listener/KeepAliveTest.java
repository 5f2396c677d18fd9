package io.sounder.server.listener;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sounder.protocol.endpoint.ListenerSpec;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.SocketAddress;
import java.net.SocketOption;
import java.net.StandardSocketOptions;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.channels.spi.SelectorProvider;
import java.util.HashSet;
import java.util.Set;
import jdk.net.ExtendedSocketOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A peer that vanishes without a word is found out by the system's probes. */
@Timeout(20)
class KeepAliveTest {
  @ParameterizedTest
  @CsvSource({
    "'',                                                          60, 10, 6",
    "keepalive-idle=5s&keepalive-interval=2s&keepalive-count=3,   5,  2,  3",
    "keepalive-idle=2m,                                           120, 10, 6",
  })
  void isSetOnEachConnectionThatIsAccepted(String keys, int idle, int interval, int count)
      throws Exception {
    ListenerSpec spec =
        ListenerSpec.parse("tcp://127.0.0.1:0" + (keys.isEmpty() ? "" : "?" + keys));
    try (ServerSocketChannel listening = ServerSocketChannel.open()) {
      SocketOptions.apply(listening, spec);
      listening.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      try (SocketChannel peer = SocketChannel.open(listening.getLocalAddress());
          SocketChannel accepted = listening.accept()) {
        SocketOptions.apply(accepted, spec);
        assertEquals(peer.getLocalAddress(), accepted.getRemoteAddress());
        assertEquals(true, accepted.getOption(StandardSocketOptions.SO_KEEPALIVE));
        assertEquals(idle, accepted.getOption(ExtendedSocketOptions.TCP_KEEPIDLE));
        assertEquals(interval, accepted.getOption(ExtendedSocketOptions.TCP_KEEPINTERVAL));
        assertEquals(count, accepted.getOption(ExtendedSocketOptions.TCP_KEEPCOUNT));
      }
    }
  }

  @Test
  void isAnErrorWhereTheSystemCannotSetWhatWasAskedFor() {
    ListenerSpec asked = ListenerSpec.parse("tcp://127.0.0.1:0?keepalive-count=3");
    IOException refusal =
        assertThrows(IOException.class, () -> SocketOptions.apply(new OldChannel(), asked));
    assertEquals(
        "this system cannot set when keep-alive probes are sent; leave out keepalive-idle,"
            + " keepalive-interval and keepalive-count",
        refusal.getMessage());
  }

  @Test
  void isLeftOutWhereTheSystemCannotSetItAndNobodyAsked() {
    ListenerSpec unasked = ListenerSpec.parse("tcp://127.0.0.1:0");
    OldChannel channel = new OldChannel();
    assertDoesNotThrow(() -> SocketOptions.apply(channel, unasked));
    assertEquals(Set.of(StandardSocketOptions.SO_REUSEADDR), channel.set);
  }

  /** A listening socket of a system that knows the standard options only. */
  private static final class OldChannel extends ServerSocketChannel {
    private final Set<SocketOption<?>> set = new HashSet<>();

    OldChannel() {
      super(SelectorProvider.provider());
    }

    @Override
    public Set<SocketOption<?>> supportedOptions() {
      return Set.of(StandardSocketOptions.SO_REUSEADDR, StandardSocketOptions.SO_RCVBUF);
    }

    @Override
    public <T> ServerSocketChannel setOption(SocketOption<T> name, T value) {
      set.add(name);
      return this;
    }

    @Override
    public <T> T getOption(SocketOption<T> name) {
      throw new UnsupportedOperationException();
    }

    @Override
    public ServerSocketChannel bind(SocketAddress local, int backlog) {
      throw new UnsupportedOperationException();
    }

    @Override
    public ServerSocket socket() {
      throw new UnsupportedOperationException();
    }

    @Override
    public SocketChannel accept() {
      throw new UnsupportedOperationException();
    }

    @Override
    public SocketAddress getLocalAddress() {
      throw new UnsupportedOperationException();
    }

    @Override
    protected void implCloseSelectableChannel() {}

    @Override
    protected void implConfigureBlocking(boolean block) {}
  }
}
