package io.sounder.server.listener;

import io.sounder.protocol.endpoint.IpLiteral;
import io.sounder.protocol.endpoint.ListenerSpec;
import io.sounder.server.tls.TlsContext;
import java.io.IOException;
import java.net.BindException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnknownHostException;
import java.nio.channels.DatagramChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.UnsupportedAddressTypeException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens listeners. */
public final class Binder {
  private static final Logger LOG = LoggerFactory.getLogger(Binder.class);

  /**
   * How often another port is tried when one that the system chose for one address is taken on the
   * next.
   */
  private static final int PORT_ATTEMPTS = 16;

  private Binder() {}

  /**
   * Opens all listeners, or none.
   *
   * @throws ConfigurationException if a listener that is not on loopback does not say who may use
   *     it over UDP, or who may send it PROXY headers; or a certificate or key cannot be used
   * @throws BindFailure if one cannot be opened; the others are closed again
   */
  public static List<BoundListener> bindAll(List<ListenerSpec> specs)
      throws BindFailure, ConfigurationException {
    List<BoundListener> bound = new ArrayList<>();
    boolean complete = false;
    try {
      for (ListenerSpec spec : specs) {
        bound.add(bind(spec));
      }
      complete = true;
      return bound;
    } finally {
      if (!complete) {
        bound.forEach(BoundListener::close);
      }
    }
  }

  private static BoundListener bind(ListenerSpec spec) throws BindFailure, ConfigurationException {
    try {
      return switch (spec.endpoint().scheme()) {
        case TCP -> bindTcp(spec, Optional.empty());
        case TLS -> bindTcp(spec, ListenerCheck.readTls(spec));
        case UDP -> bindUdp(spec);
        case UNIX -> bindUnix(spec);
      };
    } catch (BindFailure e) {
      throw new BindFailure("cannot listen on " + spec.endpoint() + ": " + e.getMessage(), e);
    } catch (UnknownHostException e) {
      throw new BindFailure(
          "cannot listen on "
              + spec.endpoint()
              + ": host '"
              + spec.endpoint().host()
              + "' is not known; give an address of this machine",
          e);
    } catch (IOException | RuntimeException e) {
      throw new BindFailure("cannot listen on " + spec.endpoint() + ": " + reason(e), e);
    }
  }

  private static String reason(Exception e) {
    String message = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    if (e instanceof BindException && message.contains("in use")) {
      return message + " (error 98); stop what listens there or choose another port";
    }
    if (e instanceof BindException && message.contains("assign")) {
      return message + "; that is not an address of this machine";
    }
    if (message.contains("Permission denied") || e instanceof AccessDeniedException) {
      return "Permission denied; ports below 1024 and foreign directories need privileges";
    }
    if (e instanceof NoSuchFileException || message.contains("No such file")) {
      return "its directory does not exist; create it first";
    }
    return e instanceof UnsupportedAddressTypeException
        ? "this machine has no IPv6; give an IPv4 address"
        : message;
  }

  private static BoundListener bindTcp(ListenerSpec spec, Optional<TlsContext> tls)
      throws IOException, ConfigurationException {
    InetAddress address = ListenerCheck.address(spec.endpoint());
    ListenerCheck.requireRules(spec, address);
    boolean v4Only = IpLiteral.isV4(spec.endpoint().host());
    Optional<ServerSocketChannel> inherited = InheritedSocket.accepting(spec.endpoint());
    ServerSocketChannel channel =
        inherited.isPresent()
            ? inherited.get()
            : v4Only
                ? ServerSocketChannel.open(StandardProtocolFamily.INET)
                : ServerSocketChannel.open();
    try {
      SocketOptions.apply(channel, spec);
      if (inherited.isEmpty()) {
        channel.bind(local(address, v4Only, spec.endpoint().port()), spec.limits().backlog());
      }
      channel.configureBlocking(false);
      int port = ((InetSocketAddress) channel.getLocalAddress()).getPort();
      return new BoundListener(
          spec,
          spec.endpoint().withPort(port),
          Optional.of(channel),
          List.of(),
          Optional.empty(),
          tls);
    } catch (IOException | RuntimeException e) {
      BoundListener.closeQuietly(channel);
      throw e;
    }
  }

  /**
   * Every interface is left to the JDK to name: on a machine without IPv6, {@code ::} cannot be
   * bound.
   */
  private static InetSocketAddress local(InetAddress address, boolean v4Only, int port) {
    return address.isAnyLocalAddress() && !v4Only
        ? new InetSocketAddress(port)
        : new InetSocketAddress(address, port);
  }

  private static BoundListener bindUnix(ListenerSpec spec) throws IOException, BindFailure {
    Optional<ServerSocketChannel> inherited = InheritedSocket.accepting(spec.endpoint());
    if (inherited.isPresent()) { // and its file is theirs who bound it
      inherited.get().configureBlocking(false);
      return new BoundListener(
          spec, spec.endpoint(), inherited, List.of(), Optional.empty(), Optional.empty());
    }
    ServerSocketChannel channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    try {
      UnixSocketFile file =
          UnixSocketFile.bind(channel, Path.of(spec.endpoint().path()), spec.limits().backlog());
      channel.configureBlocking(false);
      return new BoundListener(
          spec,
          spec.endpoint(),
          Optional.of(channel),
          List.of(),
          Optional.of(file),
          Optional.empty());
    } catch (IOException | BindFailure | RuntimeException e) {
      BoundListener.closeQuietly(channel);
      throw e;
    }
  }

  /** One socket for each local address, so that a reply leaves from the address that was asked. */
  private static BoundListener bindUdp(ListenerSpec spec)
      throws IOException, ConfigurationException {
    InetAddress address = ListenerCheck.address(spec.endpoint());
    ListenerCheck.requireRules(spec, address);
    List<InetAddress> addresses =
        address.isAnyLocalAddress()
            ? LocalAddresses.all(address instanceof Inet4Address)
            : List.of(address);
    for (int attempt = 1; ; attempt++) {
      List<DatagramChannel> channels = new ArrayList<>();
      try {
        int port = bindUdp(spec, addresses, channels);
        return new BoundListener(
            spec,
            spec.endpoint().withPort(port),
            Optional.empty(),
            channels,
            Optional.empty(),
            Optional.empty());
      } catch (IOException | RuntimeException e) {
        channels.forEach(BoundListener::closeQuietly);
        boolean unluckyPort =
            spec.endpoint().port() == 0 && addresses.size() > 1 && e instanceof BindException;
        if (!unluckyPort || attempt == PORT_ATTEMPTS) {
          throw e;
        }
      }
    }
  }

  private static int bindUdp(
      ListenerSpec spec, List<InetAddress> addresses, List<DatagramChannel> channels)
      throws IOException {
    int port = spec.endpoint().port();
    for (InetAddress address : addresses) {
      DatagramChannel channel =
          DatagramChannel.open(
              address instanceof Inet4Address
                  ? StandardProtocolFamily.INET
                  : StandardProtocolFamily.INET6);
      channels.add(channel);
      SocketOptions.apply(channel, spec.socket());
      try {
        channel.bind(new InetSocketAddress(address, port));
      } catch (BindException e) {
        if (addresses.size() == 1 || String.valueOf(e.getMessage()).contains("in use")) {
          throw e;
        }
        LOG.warn("{} leaves out {}: {}", spec.endpoint(), address.getHostAddress(), e.getMessage());
        channels.remove(channel);
        BoundListener.closeQuietly(channel);
        continue;
      }
      channel.configureBlocking(false);
      port = ((InetSocketAddress) channel.getLocalAddress()).getPort();
    }
    return port;
  }
}
