package io.sounder.server.listener;

import io.sounder.protocol.endpoint.KeepAlive;
import io.sounder.protocol.endpoint.ListenerSpec;
import io.sounder.protocol.endpoint.Scheme;
import io.sounder.protocol.endpoint.SocketSettings;
import java.io.IOException;
import java.net.SocketOption;
import java.net.StandardSocketOptions;
import java.nio.channels.DatagramChannel;
import java.nio.channels.NetworkChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.Set;
import jdk.net.ExtendedSocketOptions;

/** Sets on sockets what a listener asks for. */
public final class SocketOptions {
  /**
   * What is asked for when a UDP listener says nothing: the system's default holds 92 datagrams of
   * 1,200 bytes.
   */
  private static final int UDP_RECEIVE_BUFFER_BYTES = 4 << 20;

  private static final Set<SocketOption<Integer>> KEEP_ALIVE_OPTIONS =
      Set.of(
          ExtendedSocketOptions.TCP_KEEPIDLE,
          ExtendedSocketOptions.TCP_KEEPINTERVAL,
          ExtendedSocketOptions.TCP_KEEPCOUNT);

  private SocketOptions() {}

  /**
   * Before a listening socket is bound: accepted ones inherit its receive buffer, on which the
   * window scale depends.
   *
   * @throws IOException if something was asked for that this system does not have
   */
  static void apply(ServerSocketChannel channel, ListenerSpec spec) throws IOException {
    SocketSettings settings = spec.socket();
    if (spec.endpoint().scheme() != Scheme.UNIX) {
      channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
      sharePort(channel, settings);
      tuneKeepAlive(channel, spec.keepAlive());
    }
    set(channel, StandardSocketOptions.SO_RCVBUF, settings.receiveBufferBytes());
  }

  /** After a connection was accepted. */
  public static void apply(SocketChannel channel, ListenerSpec spec) throws IOException {
    SocketSettings settings = spec.socket();
    set(channel, StandardSocketOptions.SO_SNDBUF, settings.sendBufferBytes());
    if (spec.endpoint().scheme() != Scheme.UNIX) {
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

  /**
   * Accepted connections inherit this from the socket that listens, so it costs nothing for each.
   */
  private static void tuneKeepAlive(ServerSocketChannel channel, KeepAlive wanted)
      throws IOException {
    if (channel.supportedOptions().containsAll(KEEP_ALIVE_OPTIONS)) {
      channel.setOption(ExtendedSocketOptions.TCP_KEEPIDLE, wanted.idleSeconds());
      channel.setOption(ExtendedSocketOptions.TCP_KEEPINTERVAL, wanted.intervalSeconds());
      channel.setOption(ExtendedSocketOptions.TCP_KEEPCOUNT, wanted.count());
    } else if (wanted.given()) {
      throw new IOException(
          "this system cannot set when keep-alive probes are sent; leave out keepalive-idle,"
              + " keepalive-interval and keepalive-count");
    }
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
