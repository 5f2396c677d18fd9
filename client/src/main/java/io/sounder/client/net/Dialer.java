package io.sounder.client.net;

import io.sounder.client.outcome.ClientFailure;
import io.sounder.client.outcome.ErrorClass;
import io.sounder.client.tls.TlsFailure;
import io.sounder.client.wire.Opening;
import io.sounder.client.wire.Wiring;
import io.sounder.protocol.endpoint.Scheme;
import io.sounder.protocol.endpoint.TargetSpec;
import io.sounder.protocol.endpoint.Units;
import java.io.IOException;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Opens sockets to a target: options set, connected within a time-out, failures classified. */
public final class Dialer {
  public static final long DEFAULT_TIMEOUT_NANOS = 5_000_000_000L;

  private static final long QUEUE_FULL_PAUSE_NANOS = 5_000_000L;

  private static final long LAST_WORD_NANOS = 200_000_000L;
  private static final int LAST_WORD_BYTES = 64 << 10;

  private static final long LONGEST_PAUSE_NANOS = 20_000_000L; // an opening may wait for silence

  private final NanoClock clock;
  private final long timeoutNanos;
  private final Wiring wiring;

  /**
   * A dialer.
   *
   * @param timeoutNanos for all addresses of a target together; and as long again for what
   *     connections begin with
   */
  public Dialer(NanoClock clock, long timeoutNanos, Wiring wiring) {
    this.clock = clock;
    this.timeoutNanos = timeoutNanos;
    this.wiring = wiring;
  }

  /** A dialer as the interactive commands use it. */
  public static Dialer standard(Wiring wiring) {
    return new Dialer(NanoClock.SYSTEM, DEFAULT_TIMEOUT_NANOS, wiring);
  }

  /**
   * Resolves, connects, and shakes hands where that belongs to it.
   *
   * @throws ClientFailure if that fails
   */
  public StreamConnection connect(TargetSpec target) {
    return open(target, connect(target, Resolver.resolve(target.endpoint())));
  }

  /**
   * Connects to the first address that lets us, in order; {@link #open(TargetSpec, SocketChannel)}
   * comes next.
   *
   * @throws ClientFailure if none does; a refusal, if there was one, decides about its class
   */
  public SocketChannel connect(TargetSpec target, List<SocketAddress> addresses) {
    Deadline all = Deadline.after(clock, timeoutNanos);
    List<ClientFailure> failures = new ArrayList<>();
    for (int i = 0; i < addresses.size(); i++) {
      long shareNanos = all.remainingNanos() / (addresses.size() - i);
      try {
        return connectOne(target, addresses.get(i), shareNanos);
      } catch (IOException e) {
        failures.add(Failures.connecting(target.endpoint(), e));
      }
    }
    throw mostTelling(addresses, failures);
  }

  private SocketChannel connectOne(TargetSpec target, SocketAddress address, long shareNanos)
      throws IOException {
    Deadline deadline = Deadline.after(clock, shareNanos);
    while (true) {
      try {
        return connectOnce(target, address, deadline);
      } catch (SocketException e) {
        if (!isQueueFull(target.endpoint().scheme(), e) || deadline.hasPassed()) {
          throw e;
        }
        Deadline.after(clock, QUEUE_FULL_PAUSE_NANOS).pass(deadline::hasPassed);
      }
    }
  }

  /** A non-blocking connect to a Unix socket does not wait in the queue: it has to try again. */
  private static boolean isQueueFull(Scheme scheme, SocketException failure) {
    return scheme == Scheme.UNIX && ErrorClass.of(failure) == ErrorClass.CONNECT_TIMEOUT;
  }

  private SocketChannel connectOnce(TargetSpec target, SocketAddress address, Deadline deadline)
      throws IOException {
    SocketChannel channel = openStream(target.endpoint().scheme());
    try {
      SocketOptions.apply(channel, target.endpoint().scheme(), target.socket());
      channel.configureBlocking(false);
      if (!channel.connect(address)) {
        awaitConnect(channel, deadline);
      }
      return channel;
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  /**
   * Goes through what the connection begins with: a PROXY header, a handshake.
   *
   * @param connected by {@link #connect(TargetSpec, List)}; closed if this fails
   * @throws ClientFailure if it does; no other address is tried then
   */
  public StreamConnection open(TargetSpec target, SocketChannel connected) {
    try {
      long beginNanos = clock.nanoTime();
      Opening opening = wiring.open(connected, beginNanos, timeoutNanos);
      try {
        long openingNanos = pass(opening, connected) - beginNanos;
        return new StreamConnection(target.endpoint(), opening.wire(), openingNanos);
      } catch (TlsFailure e) {
        awaitEnd(connected);
        opening.wire().close();
        throw e;
      } catch (IOException | RuntimeException e) {
        opening.wire().close();
        throw e;
      }
    } catch (IOException e) {
      throw Failures.connecting(target.endpoint(), e);
    }
  }

  /**
   * Closing while the server still sends would be a reset, which takes from it the alert that says
   * why.
   */
  private void awaitEnd(SocketChannel socket) {
    Deadline deadline = Deadline.after(clock, LAST_WORD_NANOS);
    ByteBuffer unread = ByteBuffer.allocate(LAST_WORD_BYTES);
    try (Selector selector = Selector.open()) {
      socket.shutdownOutput();
      socket.register(selector, SelectionKey.OP_READ);
      while (!deadline.hasPassed() && unread.hasRemaining() && socket.read(unread) >= 0) {
        selector.select(deadline.selectMillis());
        selector.selectedKeys().clear();
      }
    } catch (IOException e) {
      return; // it is gone, and what went wrong is told anyway
    }
  }

  /** Goes through it; when the handshake was over on our side. */
  private long pass(Opening opening, SocketChannel socket) throws IOException {
    int awaited = opening.advance(clock.nanoTime());
    long overNanos = clock.nanoTime();
    if (awaited == Opening.DONE) {
      return overNanos;
    }
    try (Selector selector = Selector.open()) {
      SelectionKey key = socket.register(selector, awaited);
      while (awaited != Opening.DONE) {
        key.interestOps(awaited);
        selector.select(Deadline.after(clock, LONGEST_PAUSE_NANOS).selectMillis());
        selector.selectedKeys().clear();
        boolean wasOver = opening.isHandshakeOver();
        awaited = opening.advance(clock.nanoTime());
        overNanos = wasOver ? overNanos : clock.nanoTime();
      }
    }
    return overNanos;
  }

  /** A stream socket of a scheme's family, not connected yet. */
  public static SocketChannel openStream(Scheme scheme) throws IOException {
    return scheme == Scheme.UNIX
        ? SocketChannel.open(StandardProtocolFamily.UNIX)
        : SocketChannel.open();
  }

  private void awaitConnect(SocketChannel channel, Deadline deadline) throws IOException {
    try (Selector selector = Selector.open()) {
      channel.register(selector, SelectionKey.OP_CONNECT);
      while (!channel.finishConnect()) {
        if (deadline.hasPassed()) {
          throw new SocketTimeoutException(
              "connect timed out after " + Units.durationText(timeoutNanos));
        }
        selector.select(deadline.selectMillis());
        selector.selectedKeys().clear();
      }
    }
  }

  private static ClientFailure mostTelling(
      List<SocketAddress> addresses, List<ClientFailure> failures) {
    ClientFailure chosen =
        failures.stream()
            .filter(failure -> failure.errorClass() == ErrorClass.REFUSED)
            .findFirst()
            .orElse(failures.get(0));
    if (addresses.size() == 1) {
      return chosen;
    }
    String tried =
        addresses.stream().map(Addresses::text).collect(Collectors.joining(", ", "; tried ", ""));
    return new ClientFailure(
        chosen.errorClass(), chosen.exitCode(), chosen.getMessage() + tried, chosen);
  }

  /**
   * Opens a UDP socket that talks to one address only, so that a refusal comes back to it.
   *
   * @throws ClientFailure if the system has no way there
   */
  public DatagramLink open(TargetSpec target, SocketAddress address) {
    try {
      DatagramChannel channel = DatagramChannel.open();
      try {
        SocketOptions.apply(channel, Scheme.UDP, target.socket());
        channel.configureBlocking(false);
        channel.connect(address);
        return new DatagramLink(target.endpoint(), channel);
      } catch (IOException | RuntimeException e) {
        channel.close();
        throw e;
      }
    } catch (IOException e) {
      throw Failures.connecting(target.endpoint(), e);
    }
  }

  /** Resolves, and opens a UDP socket to the first address. */
  public DatagramLink open(TargetSpec target) {
    return open(target, Resolver.resolve(target.endpoint()).get(0));
  }

  /** Resolves and connects, ready for messages. */
  public MessageLink openMessages(TargetSpec target) {
    return target.endpoint().scheme().isStream()
        ? new StreamMessages(target, connect(target))
        : new DatagramMessages(target, open(target));
  }
}
