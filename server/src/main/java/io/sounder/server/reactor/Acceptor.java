package io.sounder.server.reactor;

import io.sounder.server.connection.Deadline;
import io.sounder.server.connection.Listener;
import io.sounder.server.connection.Refusal;
import io.sounder.server.guard.PeerLimits;
import io.sounder.server.guard.SourceKey;
import io.sounder.server.listener.SocketOptions;
import io.sounder.server.metrics.Counters;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Accepts the connections of one listener on the reactor's thread, a few at a time. */
final class Acceptor {
  private static final Logger LOG = LoggerFactory.getLogger(Acceptor.class);

  /** A connect storm must not starve those already in. */
  static final int MAX_ACCEPTS_PER_CYCLE = 16;

  /**
   * Without a pause an accept that fails for want of descriptors would be tried 280,000 times a
   * second.
   */
  static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  private static final long LOG_PERIOD_NANOS = TimeUnit.SECONDS.toNanos(10);

  private final ServerSocketChannel channel;
  private Listener listener;
  private final Counters counters;
  private final Admission admitted;
  private final Deadline resumption;
  private long lastLogNanos;
  private boolean hasLogged;
  private boolean stopped;

  /** Takes a connection that is let in, and was counted for its source. */
  @FunctionalInterface
  interface Admission {
    void admit(SocketChannel channel, Listener listener, long source);
  }

  /**
   * The acceptor of one listener.
   *
   * @param admitted takes each connection that is let in
   * @param resume called when accepting may go on after a pause
   */
  Acceptor(
      ServerSocketChannel channel,
      Listener listener,
      Counters counters,
      Admission admitted,
      Consumer<Acceptor> resume) {
    this.channel = channel;
    this.listener = listener;
    this.counters = counters;
    this.admitted = admitted;
    this.resumption = new Deadline(nowNanos -> resume.accept(this));
  }

  ServerSocketChannel channel() {
    return channel;
  }

  Listener listener() {
    return listener;
  }

  /** Those that are let in from now on are the other listener's, at the same place. */
  void serve(Listener successor) {
    listener = successor;
  }

  Deadline resumption() {
    return resumption;
  }

  /**
   * Accepts what is there, within the budget.
   *
   * @return false if the system gave no more descriptors, so that accepting must pause
   */
  boolean accept(long nowNanos) {
    for (int i = 0; i < MAX_ACCEPTS_PER_CYCLE && !stopped; i++) {
      SocketChannel accepted;
      try {
        accepted = channel.accept();
      } catch (IOException e) {
        onExhausted(
            e.getMessage(), "raise the limit of open files, or lower max-connections", nowNanos);
        return false;
      }
      if (accepted == null) {
        return true;
      }
      counters.onAccepted();
      listener.counts().onAccepted();
      admit(accepted, nowNanos);
    }
    return true;
  }

  /** Accepts nobody any more, also in the middle of {@link #accept}. */
  void stop() {
    stopped = true;
  }

  /** Connections that are in cannot get what they need: nobody must be let in for a moment. */
  void onNoDirectMemory(long nowNanos) {
    onExhausted(
        "no direct memory is left",
        "raise -XX:MaxDirectMemorySize, or lower max-connections",
        nowNanos);
  }

  private void onExhausted(String why, String advice, long nowNanos) {
    counters.onAcceptPaused();
    if (!hasLogged || nowNanos - lastLogNanos >= LOG_PERIOD_NANOS) {
      hasLogged = true;
      lastLogNanos = nowNanos;
      LOG.warn(
          "cannot accept on {}: {}; trying again every {} ms ({})",
          listener,
          why,
          TimeUnit.NANOSECONDS.toMillis(PAUSE_NANOS),
          advice);
    }
  }

  private void admit(SocketChannel accepted, long nowNanos) {
    long source = SourceKey.UNKNOWN;
    try {
      SocketAddress peer = accepted.getRemoteAddress();
      source = listener.expectsProxyHeader() ? SourceKey.UNKNOWN : source(peer);
      Refusal refusal = refusal(peer, source, nowNanos);
      if (refusal != null) {
        refuse(accepted, refusal);
        return;
      }
    } catch (IOException e) {
      refuse(accepted, Refusal.SETUP_FAILED);
      return;
    }
    try {
      accepted.configureBlocking(false);
      SocketOptions.apply(accepted, listener.spec());
    } catch (IOException e) {
      LOG.debug("a connection to {} was gone before it was set up: {}", listener, e.toString());
      listener.onLeft();
      listener.peerLimits().onLeft(source);
      refuse(accepted, Refusal.SETUP_FAILED);
      return;
    }
    admitted.admit(accepted, listener, source);
  }

  /** For whom a peer counts. */
  static long source(SocketAddress peer) {
    return peer instanceof InetSocketAddress inet
        ? SourceKey.of(inet.getAddress().getAddress())
        : SourceKey.NONE;
  }

  /**
   * Why a peer may not come in, or null if it may; then it is counted among the listener's
   * connections, and among its source's, unless a PROXY header will tell who it is.
   */
  private Refusal refusal(SocketAddress peer, long source, long nowNanos) {
    if (!listener.letsConnect(peer)) {
      return listener.expectsProxyHeader() ? Refusal.PROXY_SOURCE : Refusal.ACCESS;
    }
    PeerLimits limits = listener.peerLimits();
    boolean isKnown = !listener.expectsProxyHeader();
    if (isKnown && !limits.tryBegin(source, nowNanos)) {
      return Refusal.ACCEPT_RATE_PER_IP;
    }
    if (isKnown && !limits.tryEnter(source)) {
      return Refusal.MAX_CONNECTIONS_PER_IP;
    }
    if (!listener.tryAdmit()) {
      limits.onLeft(source);
      return Refusal.MAX_CONNECTIONS;
    }
    return null;
  }

  private void refuse(SocketChannel accepted, Refusal reason) {
    counters.onRefused(reason);
    listener.counts().onRefused(reason);
    if (LOG.isDebugEnabled()) {
      LOG.debug("refused a connection to {} ({})", listener, reason.text());
    }
    try {
      accepted.close();
    } catch (IOException e) {
      LOG.debug("could not close a refused connection: {}", e.toString());
    }
  }
}
