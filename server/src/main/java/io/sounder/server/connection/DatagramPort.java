package io.sounder.server.connection;

import io.sounder.protocol.framing.Decoder;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.channels.DatagramChannel;

/** One UDP socket of a listener; a wildcard listener has one for each local address. */
public final class DatagramPort extends Handoff {
  private final DatagramChannel channel;
  private final Listener listener;
  private final SourceGuard guard;
  private final SocketExchange exchange;
  private final Decoder decoder;

  public DatagramPort(DatagramChannel channel, Listener listener, SourceGuard guard)
      throws IOException {
    this.channel = channel;
    this.listener = listener;
    this.guard = guard;
    this.decoder = listener.newDecoder();
    SocketAddress local = channel.getLocalAddress();
    this.exchange = listener.newExchange(local, local);
  }

  public DatagramChannel channel() {
    return channel;
  }

  public Listener listener() {
    return listener;
  }

  public SourceGuard guard() {
    return guard;
  }

  /** Reads single datagrams, and remembers nothing of them. */
  public Decoder decoder() {
    return decoder;
  }

  /** What replies know, told anew for each datagram. */
  public SocketExchange exchange() {
    return exchange;
  }

  @Override
  public boolean isHeavy() {
    return listener.isHeavy();
  }

  @Override
  public String toString() {
    return "socket of " + listener;
  }
}
