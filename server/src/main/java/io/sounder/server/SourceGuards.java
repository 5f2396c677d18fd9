package io.sounder.server;

import io.sounder.protocol.endpoint.Guards;
import io.sounder.server.connection.Listener;
import io.sounder.server.connection.NanoClock;
import io.sounder.server.connection.SourceGuard;
import io.sounder.server.guard.LoopBreaker;
import io.sounder.server.guard.OwnPorts;
import io.sounder.server.guard.ReplyLimits;
import io.sounder.server.listener.BroadcastAddresses;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.DatagramChannel;

/**
 * The guards of a UDP listener's sockets, and what they come to where nothing was said: on loopback
 * nobody is limited, since spoofing takes root there; beyond it whoever is invited by name is not
 * either, since a load test must not be throttled, and everyone is where everyone may ask.
 */
final class SourceGuards {
  /** A client that measures latency needs less; a victim of forged requests survives it. */
  static final int OPEN_REPLIES_PER_SECOND = 1_000;

  /**
   * So many sources at their limit: 120 Mbit/s of full-sized packets, which one host could send.
   */
  static final int OPEN_SOURCES = 10;

  private final Listener listener;
  private final OwnPorts ownPorts;
  private final long nowNanos;
  private final ReplyLimits onLoopback;
  private final ReplyLimits beyondLoopback;

  /**
   * Those of one listener.
   *
   * @param ownPorts all UDP ports of this server
   */
  SourceGuards(Listener listener, OwnPorts ownPorts, NanoClock clock) {
    this.listener = listener;
    this.ownPorts = ownPorts;
    this.nowNanos = clock.nanoTime();
    this.onLoopback = limits(Guards.OFF);
    boolean open = listener.access().isOpen();
    this.beyondLoopback = limits(open ? OPEN_REPLIES_PER_SECOND : Guards.OFF);
  }

  /** The same for all sockets of a kind, so that who asks at several addresses has one share. */
  private ReplyLimits limits(int perSourceIfUnsaid) {
    Guards guards = listener.spec().guards();
    int perSource = orIfUnsaid(guards.repliesPerSecondPerSource(), perSourceIfUnsaid);
    boolean open = perSourceIfUnsaid != Guards.OFF;
    int ofAll = orIfUnsaid(guards.repliesPerSecond(), open ? OPEN_SOURCES * perSource : Guards.OFF);
    return perSource == Guards.OFF && ofAll == Guards.OFF
        ? null
        : new ReplyLimits(perSource, ofAll, nowNanos);
  }

  private static int orIfUnsaid(int given, int unsaid) {
    return given == Guards.AUTO ? unsaid : given;
  }

  /** The guard of a socket that is bound. */
  SourceGuard guardOf(DatagramChannel channel) throws IOException {
    boolean loopback =
        ((InetSocketAddress) channel.getLocalAddress()).getAddress().isLoopbackAddress();
    boolean breaksLoops = listener.spec().guards().loopBreaker().orElse(!loopback);
    return new SourceGuard(
        listener.access(),
        ownPorts,
        BroadcastAddresses.all(),
        loopback,
        loopback ? onLoopback : beyondLoopback,
        breaksLoops ? new LoopBreaker() : null);
  }
}
