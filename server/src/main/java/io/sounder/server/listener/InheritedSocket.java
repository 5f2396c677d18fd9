package io.sounder.server.listener;

import io.sounder.protocol.endpoint.Endpoint;
import io.sounder.protocol.endpoint.IpLiteral;
import io.sounder.protocol.endpoint.ListenerSpec;
import io.sounder.protocol.endpoint.Scheme;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.net.UnknownHostException;
import java.nio.channels.Channel;
import java.nio.channels.DatagramChannel;
import java.nio.channels.NetworkChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A socket that was bound before this process began, and handed to it as its standard input: the
 * one descriptor that Java can take over. So the address stays taken from one process to the next,
 * and whoever connects in between waits in the kernel's queue.
 *
 * <p>It is never closed, only watched no longer. Others have it too; and the JDK, when it closes
 * such a channel, sends standard output and standard error to /dev/null, the last lines of the log
 * among them.
 */
public final class InheritedSocket {
  private static final Logger LOG = LoggerFactory.getLogger(InheritedSocket.class);

  private static final NetworkChannel CHANNEL = find();

  private InheritedSocket() {}

  /**
   * A connected one is no listener: inetd and terminals of some kinds hand those over. One of UDP
   * is taken to be refused: newer JDKs believe that it is of IPv6, and cannot send from it.
   */
  private static NetworkChannel find() {
    try {
      Channel channel = System.inheritedChannel();
      if (channel instanceof ServerSocketChannel accepting) {
        return accepting;
      }
      return channel instanceof DatagramChannel datagrams
              && datagrams.getLocalAddress() instanceof InetSocketAddress bound
              && bound.getPort() != 0
              && !datagrams.isConnected()
          ? datagrams
          : null;
    } catch (IOException e) {
      LOG.warn("standard input is a socket that cannot be used: {}", e.toString());
      return null;
    }
  }

  /** Whether it is this one. */
  public static boolean is(Channel channel) {
    return channel == CHANNEL && channel != null;
  }

  /**
   * Looks whether it is wanted, by one listener.
   *
   * @throws ConfigurationException if it is of none of them, of several, or cannot be served
   */
  public static void checkAmong(List<ListenerSpec> specs) throws ConfigurationException {
    if (CHANNEL instanceof DatagramChannel) {
      throw new ConfigurationException(
          "standard input is "
              + text(CHANNEL)
              + ", and only one that listens, TCP or Unix, can be taken over; have the service bind its UDP sockets itself");
    }
    if (CHANNEL != null) {
      checkAmong(specs, text(CHANNEL), address(CHANNEL));
    }
  }

  static void checkAmong(List<ListenerSpec> specs, String text, SocketAddress address)
      throws ConfigurationException {
    long wanting = specs.stream().filter(each -> isOf(each.endpoint(), address)).count();
    if (wanting != 1) {
      throw new ConfigurationException(
          "standard input is "
              + text
              + ", but "
              + (wanting == 0 ? "no listener has" : wanting + " listeners have")
              + " its address; give exactly one that has");
    }
  }

  /** The socket that listens already at this place, if it was handed over. */
  static Optional<ServerSocketChannel> accepting(Endpoint endpoint) {
    return CHANNEL instanceof ServerSocketChannel accepting && isOf(endpoint, address(accepting))
        ? Optional.of(accepting)
        : Optional.empty();
  }

  /** Whether a listener at that place would be bound to this address. */
  static boolean isOf(Endpoint endpoint, SocketAddress address) {
    if (endpoint.scheme() == Scheme.UNIX) {
      return address instanceof UnixDomainSocketAddress unix
          && isSame(Path.of(endpoint.path()), unix.getPath());
    }
    return endpoint.scheme() != Scheme.UDP
        && address instanceof InetSocketAddress inet
        && inet.getPort() == endpoint.port()
        && isSame(endpoint, inet.getAddress());
  }

  private static boolean isSame(Path one, Path other) {
    return one.toAbsolutePath().normalize().equals(other.toAbsolutePath().normalize());
  }

  /** Every interface may mean both families, but every one of IPv4 means no other. */
  private static boolean isSame(Endpoint endpoint, InetAddress bound) {
    try {
      InetAddress asked = InetAddress.getByName(endpoint.host());
      return asked.equals(bound)
          || (asked.isAnyLocalAddress()
              && bound.isAnyLocalAddress()
              && !IpLiteral.isV4(endpoint.host()));
    } catch (UnknownHostException e) {
      return false; // said when it is bound
    }
  }

  private static SocketAddress address(NetworkChannel channel) {
    try {
      return channel.getLocalAddress();
    } catch (IOException e) {
      return null; // of nobody
    }
  }

  private static String text(NetworkChannel channel) {
    String kind =
        channel instanceof DatagramChannel ? "a UDP socket at " : "a socket that listens at ";
    SocketAddress address = address(channel);
    return kind
        + (address instanceof InetSocketAddress ? address.toString().substring(1) : address);
  }
}
