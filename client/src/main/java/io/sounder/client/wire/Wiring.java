package io.sounder.client.wire;

import io.sounder.client.tls.TlsContext;
import io.sounder.protocol.proxy.ProxyHeaderWriter;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.channels.SocketChannel;
import java.util.Map;

/** What the connections to one target begin with, and are wrapped in. Any thread. */
public final class Wiring {
  /** Nothing: the bytes as they are. */
  public static final Wiring PLAIN = new Wiring(null, null, Map.of());

  private static final byte[] NO_HEADER = {};

  private final TlsContext tls;
  private final ProxyHeaderWriter proxyHeader;
  private final Map<String, Object> settings;
  private final RecordBuffers buffers = new RecordBuffers();

  /**
   * A wiring.
   *
   * @param tls null for none
   * @param proxyHeader null for none
   * @param settings the flags that are not as ever, for reports
   */
  public Wiring(TlsContext tls, ProxyHeaderWriter proxyHeader, Map<String, Object> settings) {
    this.tls = tls;
    this.proxyHeader = proxyHeader;
    this.settings = Map.copyOf(settings);
  }

  /** Whether there is a handshake. */
  public boolean isTls() {
    return tls != null;
  }

  /** The flags in force, by name without dashes. */
  public Map<String, Object> settings() {
    return settings;
  }

  /**
   * Begins on a socket that is connected and does not block.
   *
   * @param timeoutNanos for a PROXY header and the handshake
   */
  public Opening open(SocketChannel connected, long nowNanos, long timeoutNanos)
      throws IOException {
    TlsWire wire = tls == null ? null : new TlsWire(connected, tls, buffers);
    return new Opening(connected, header(connected), wire, nowNanos, timeoutNanos);
  }

  /** The connection's own addresses; a Unix socket's cannot be told. */
  private byte[] header(SocketChannel connected) throws IOException {
    if (proxyHeader == null) {
      return NO_HEADER;
    }
    SocketAddress source = connected.getLocalAddress();
    SocketAddress destination = connected.getRemoteAddress();
    if (source instanceof InetSocketAddress from && destination instanceof InetSocketAddress to) {
      return proxyHeader.tcp(
          from.getAddress().getAddress(),
          from.getPort(),
          to.getAddress().getAddress(),
          to.getPort());
    }
    return proxyHeader.withoutAddresses();
  }
}
