package io.sounder.server.listener;

import io.sounder.protocol.endpoint.Scheme;
import io.sounder.protocol.endpoint.SocketSettings;
import java.io.IOException;
import java.net.SocketOption;
import java.net.StandardSocketOptions;
import java.nio.channels.DatagramChannel;
import java.nio.channels.NetworkChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;

/** Sets on sockets what a listener asks for. */
public final class SocketOptions {
  /**
   * What is asked for when a UDP listener says nothing: the system's default holds 92 datagrams of
   * 1,200 bytes.
   */
  private static final int UDP_RECEIVE_BUFFER_BYTES = 4 << 20;

  private SocketOptions() {}

  /**
   * Before a listening socket is bound: accepted ones inherit its receive buffer, on which the
   * window scale depends.
   */
  static void apply(ServerSocketChannel channel, SocketSettings settings, Scheme scheme)
      throws IOException {
    if (scheme == Scheme.TCP) {
      channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
      sharePort(channel, settings);
    }
    set(channel, StandardSocketOptions.SO_RCVBUF, settings.receiveBufferBytes());
  }

  /** After a connection was accepted. */
  public static void apply(SocketChannel channel, SocketSettings settings, Scheme scheme)
      throws IOException {
    set(channel, StandardSocketOptions.SO_SNDBUF, settings.sendBufferBytes());
    if (scheme == Scheme.TCP) {
      set(
          channel,
          StandardSocketOptions.TCP_NODELAY,
          settings.nodelay() == null || settings.nodelay());
      set(
          channel,
          StandardSocketOptions.SO_KEEPALIVE,
          settings.keepalive() == null || settings.keepalive());
      set(channel, StandardSocketOptions.SO_LINGER, settings.lingerSeconds());
    } else {
      set(channel, StandardSocketOptions.SO_RCVBUF, settings.receiveBufferBytes());
    }
  }

  static void apply(DatagramChannel channel, SocketSettings settings) throws IOException {
    Integer receive = settings.receiveBufferBytes();
    set(
        channel,
        StandardSocketOptions.SO_RCVBUF,
        receive == null ? UDP_RECEIVE_BUFFER_BYTES : receive);
    set(channel, StandardSocketOptions.SO_SNDBUF, settings.sendBufferBytes());
    sharePort(channel, settings);
  }

  private static void sharePort(NetworkChannel channel, SocketSettings settings)
      throws IOException {
    if (!settings.reusePort()) {
      return;
    }
    if (!channel.supportedOptions().contains(StandardSocketOptions.SO_REUSEPORT)) {
      throw new IOException("this system has no SO_REUSEPORT; leave out reuse-port");
    }
    channel.setOption(StandardSocketOptions.SO_REUSEPORT, true);
  }

  private static <T> void set(NetworkChannel channel, SocketOption<T> option, T value)
      throws IOException {
    if (value != null) {
      channel.setOption(option, value);
    }
  }
}
