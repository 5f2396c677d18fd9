package io.sounder.server.connection;

import io.sounder.protocol.endpoint.ListenerSpec;
import io.sounder.server.fixture.ManualClock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.time.InstantSource;

/** Connections that nobody serves, on a clock that tests move; they share a socket. */
final class MadeConnections implements AutoCloseable {
  final ManualClock clock = new ManualClock();
  private final SocketChannel channel;

  MadeConnections() {
    try {
      channel = SocketChannel.open();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void advance(int seconds) {
    clock.advance(Duration.ofSeconds(seconds));
  }

  /** One that has come that far. */
  Connection in(Phase phase) {
    return in(phase, "");
  }

  Connection in(Phase phase, String keys) {
    String scheme = phase == Phase.HANDSHAKE ? "tls" : "tcp";
    String proxy = phase == Phase.PROXY ? "&proxy-protocol=required" : "";
    Connection connection = connection(scheme, keys + "&greeting=hello" + proxy);
    switch (phase) {
      case PROXY, HANDSHAKE, GREETING -> {}
      case OPEN -> connection.moveTo(Phase.OPEN);
      case FINISHING -> {
        connection.moveTo(Phase.OPEN);
        connection.moveTo(Phase.FINISHING);
      }
      case RESETTING -> connection.moveTo(Phase.RESETTING);
      case PARTING, LINGERING, LINGERED -> {
        connection.part(CloseReason.CLOSE_AFTER);
        if (phase != Phase.PARTING) {
          connection.moveTo(Phase.LINGERING);
        }
        if (phase == Phase.LINGERED) {
          connection.moveTo(Phase.LINGERED);
        }
      }
    }
    return connection;
  }

  Connection connection(String keys) {
    return connection("tcp", keys);
  }

  Connection connection(String scheme, String keys) {
    String all = (scheme.equals("tls") ? "&cert=c.pem&key=k.pem" : "") + "&" + keys;
    String query = all.replaceFirst("^&+", "").replace("&&", "&").replaceFirst("&$", "");
    ListenerSpec spec =
        ListenerSpec.parse(scheme + "://127.0.0.1:0" + (query.isEmpty() ? "" : "?" + query));
    Listener listener = new Listener(spec, spec.endpoint(), 9, "host", InstantSource.system());
    return new Connection(channel, listener, clock.nanoTime(), (connection, now) -> {});
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
