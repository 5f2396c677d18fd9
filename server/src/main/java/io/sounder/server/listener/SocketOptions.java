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
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import jdk.net.ExtendedSocketOptions;

/** Sets on sockets what a listener asks for. */
public final class SocketOptions {
  /**
   * What is asked for when a UDP listener says nothing: the system's default holds 92 datagrams of
   * 1,200 bytes.
   */
  public static final int UDP_RECEIVE_BUFFER_BYTES = 4 << 20;

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
    }
    tune(channel, spec);
  }

  private static void tune(ServerSocketChannel channel, ListenerSpec spec) throws IOException {
    if (spec.endpoint().scheme() != Scheme.UNIX) {
      tuneKeepAlive(channel, spec.keepAlive());
    }
    set(channel, StandardSocketOptions.SO_RCVBUF, spec.socket().receiveBufferBytes());
  }

  /**
   * Sets on the sockets of a listener what it asks for since it was changed; connections that are
   * accepted from then on inherit it.
   *
   * @param before what it asked for until then
   * @return the keys that hold only from the next bind on
   */
  public static List<String> applyAgain(BoundListener bound, ListenerSpec before)
      throws IOException {
    ListenerSpec spec = bound.spec();
    List<String> unset = new ArrayList<>();
    if (bound.accepting().isPresent()) {
      tune(bound.accepting().get(), spec);
      if (before.limits().backlog() != spec.limits().backlog()) {
        unset.add("backlog");
      }
      if (before.socket().receiveBufferBytes() != null
          && spec.socket().receiveBufferBytes() == null) {
        unset.add("rcvbuf");
      }
    }
    for (DatagramChannel channel : bound.datagrams()) {
      sizeBuffers(channel, spec.socket());
    }
    if (!bound.datagrams().isEmpty()
        && before.socket().sendBufferBytes() != null
        && spec.socket().sendBufferBytes() == null) {
      unset.add("sndbuf");
    }
    if (before.socket().reusePort() != spec.socket().reusePort()) {
      unset.add("reuse-port");
    }
    return unset;
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
    sizeBuffers(channel, settings);
    sharePort(channel, settings);
  }

  private static void sizeBuffers(DatagramChannel channel, SocketSettings settings)
      throws IOException {
    Integer receive = settings.receiveBufferBytes();
    set(
        channel,
        StandardSocketOptions.SO_RCVBUF,
        receive == null ? UDP_RECEIVE_BUFFER_BYTES : receive);
    set(channel, StandardSocketOptions.SO_SNDBUF, settings.sendBufferBytes());
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
