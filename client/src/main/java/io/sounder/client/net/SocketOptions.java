package io.sounder.client.net;

import io.sounder.protocol.endpoint.Scheme;
import io.sounder.protocol.endpoint.SocketSettings;
import java.io.IOException;
import java.net.SocketOption;
import java.net.StandardSocketOptions;
import java.nio.channels.NetworkChannel;

/** Sets the options that a target asks for. */
public final class SocketOptions {
  /** The system's default holds 92 datagrams of 1,200 bytes, which one burst overflows. */
  private static final int UDP_RECEIVE_BUFFER_BYTES = 4 << 20;

  private SocketOptions() {}

  /**
   * Sets all options; before the connect, because the receive buffer decides about the window that
   * is offered there.
   *
   * @throws IOException if the system refuses one
   */
  public static void apply(NetworkChannel channel, Scheme scheme, SocketSettings settings)
      throws IOException {
    Integer receiveBufferBytes = settings.receiveBufferBytes();
    if (receiveBufferBytes == null && scheme == Scheme.UDP) {
      receiveBufferBytes = UDP_RECEIVE_BUFFER_BYTES;
    }
    set(channel, StandardSocketOptions.SO_RCVBUF, receiveBufferBytes);
    set(channel, StandardSocketOptions.SO_SNDBUF, settings.sendBufferBytes());
    if (scheme == Scheme.TCP || scheme == Scheme.TLS) {
      set(channel, StandardSocketOptions.TCP_NODELAY, orOn(settings.nodelay()));
      set(channel, StandardSocketOptions.SO_KEEPALIVE, orOn(settings.keepalive()));
      set(channel, StandardSocketOptions.SO_LINGER, settings.lingerSeconds());
    }
  }

  private static Boolean orOn(Boolean asked) {
    return asked == null ? Boolean.TRUE : asked;
  }

  private static <T> void set(NetworkChannel channel, SocketOption<T> option, T value)
      throws IOException {
    if (value != null) {
      channel.setOption(option, value);
    }
  }
}
