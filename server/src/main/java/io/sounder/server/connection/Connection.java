package io.sounder.server.connection;

import io.sounder.protocol.endpoint.Limits;
import io.sounder.protocol.framing.Decoder;
import io.sounder.protocol.proxy.ProxyHeader;
import io.sounder.server.fault.StreamFaults;
import io.sounder.server.guard.SourceKey;
import io.sounder.server.tls.TlsStream;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.nio.channels.SocketChannel;
import java.util.concurrent.TimeUnit;

/**
 * One stream connection: what is kept between its turns. All of it belongs to the current owner
 * (see {@link Handoff}); an idle connection has no buffer.
 */
public final class Connection extends Handoff implements Deadline.Expiring {
  /** How long a peer may take to notice that we have shut down our output. */
  public static final long LINGER_NANOS = TimeUnit.SECONDS.toNanos(2);

  /** How much input is discarded in that time. */
  public static final long MAX_LINGER_BYTES = 1L << 20;

  private final SocketChannel channel;
  private final Listener listener;
  private final Decoder decoder;
  private final Deadline deadline = new Deadline(this);
  private final DeadlineAction action;
  private final long number;
  private final Traffic traffic;

  private long source = SourceKey.UNKNOWN;
  private ProxiedAddresses proxied; // null where the socket's own addresses hold
  private ByteChannel bytes;
  private TlsStream tls; // null where it is plain, and before the first turn
  private SocketExchange exchange;
  private Phase phase;
  private CloseReason closeReason;
  private ByteBuffer input; // received and not yet answered; from 0 to position
  private ByteBuffer output; // replies not yet taken; from position to limit
  private boolean undecoded; // whether the input may hold a whole message
  private boolean endSought; // whether that was done since its peer took something
  private StreamFaults faults; // null until there are any
  private long greetingsSent;
  private long lingerBytes;
  private long activeNanos;
  private long messageBegunNanos;
  private long stalledNanos;
  private long phaseBegunNanos; // of HANDSHAKE and LINGERING

  public Connection(
      SocketChannel channel, Listener listener, long nowNanos, DeadlineAction action) {
    this.channel = channel;
    this.bytes = channel;
    this.listener = listener;
    this.action = action;
    this.number = listener.admittedConnections();
    this.decoder = listener.newDecoder();
    this.traffic = new Traffic(nowNanos);
    this.activeNanos = nowNanos;
    this.stalledNanos = nowNanos;
    this.messageBegunNanos = nowNanos;
    this.phaseBegunNanos = nowNanos;
    this.phase = listener.expectsProxyHeader() ? Phase.PROXY : firstPhase();
  }

  private Phase firstPhase() {
    return listener.isSecure() ? Phase.HANDSHAKE : conversationPhase();
  }

  private Phase conversationPhase() {
    return listener.speaksFirst() ? Phase.GREETING : Phase.OPEN;
  }

  public SocketChannel channel() {
    return channel;
  }

  /** What turns read and write: the socket itself, or TLS on it. */
  public ByteChannel bytes() {
    return bytes;
  }

  /** TLS on the socket; null where it is plain, and before the first turn. */
  public TlsStream tls() {
    return tls;
  }

  /** Its turns speak TLS from now on. */
  public void secure(TlsStream stream) {
    tls = stream;
    bytes = stream;
  }

  public Listener listener() {
    return listener;
  }

  public Decoder decoder() {
    return decoder;
  }

  public Deadline deadline() {
    return deadline;
  }

  /** Reactor: for whom it counts among what each source may have. */
  public long source() {
    return source;
  }

  public void source(long countedFor) {
    source = countedFor;
  }

  /** Its PROXY header was read. It has nothing more to do until {@link #onPeerAdmitted}. */
  public void onProxyHeader(ProxyHeader header) {
    proxied = ProxiedAddresses.of(header).orElse(null);
  }

  /** Reactor: the peer that the PROXY header named may stay, and the conversation begins. */
  public void onPeerAdmitted(long nowNanos) {
    phaseBegunNanos = nowNanos;
    moveTo(firstPhase());
  }

  /** Who is served: the socket's peer, or for whom that speaks. */
  public SocketAddress peerAddress() throws IOException {
    return proxied == null ? channel.getRemoteAddress() : proxied.peer();
  }

  /** The address of who is served, for people. */
  public String peerText() {
    try {
      return Addresses.text(peerAddress());
    } catch (IOException e) {
      return "a peer that is gone";
    }
  }

  /** What replies know about this connection, made when the first one asks. */
  public SocketExchange exchange() throws IOException {
    if (exchange == null) {
      SocketAddress local = proxied == null ? channel.getLocalAddress() : proxied.local();
      exchange = listener.newExchange(peerAddress(), local);
    }
    return exchange;
  }

  public Phase phase() {
    return phase;
  }

  /** Moves on; an illegal move throws. */
  public void moveTo(Phase to) {
    if (!phase.leadsTo(to)) {
      throw new IllegalStateException(phase + " to " + to + ": " + this);
    }
    phase = to;
  }

  /** The handshake is over: the conversation begins. */
  public void onSecured() {
    moveTo(conversationPhase());
  }

  /** Why it is, or will be, closed; the first reason stays. */
  public CloseReason closeReason() {
    return closeReason;
  }

  public void decideClose(CloseReason reason) {
    if (closeReason == null) {
      closeReason = reason;
    }
  }

  /** Decides to close after what is left was flushed, unless that was decided already. */
  public void part(CloseReason reason) {
    if (!phase.isEnding()) {
      decideClose(reason);
      moveTo(Phase.PARTING);
    }
  }

  public ByteBuffer input() {
    return input;
  }

  public void input(ByteBuffer held) {
    input = held;
  }

  public ByteBuffer output() {
    return output;
  }

  public void output(ByteBuffer pending) {
    output = pending;
  }

  /** Whether the socket must take more before anything else is done. */
  public boolean isOutputPending() {
    return output != null || (tls != null && tls.isOutputPending());
  }

  /** Whether the held input may contain a whole message, so that no event will announce it. */
  public boolean isUndecoded() {
    return undecoded;
  }

  public void undecoded(boolean mayHoldMessage) {
    undecoded = mayHoldMessage;
  }

  /** Its number among all that its listener has had, from 1. */
  public long number() {
    return number;
  }

  /** What it keeps of its listener's faults, made when the first reply asks. */
  public StreamFaults faults() {
    if (faults == null) {
      faults = new StreamFaults();
    }
    return faults;
  }

  /** Whether nothing but time holds it up: a reply waits for its moment, nothing for the peer. */
  public boolean isHolding() {
    return faults != null && faults.isHolding() && !isOutputPending();
  }

  public long greetingsSent() {
    return greetingsSent;
  }

  public void onGreetingSent() {
    greetingsSent++;
  }

  /** What has passed so far. */
  public Traffic traffic() {
    return traffic;
  }

  /** Counts a message that was taken and answered; parts when it was the last. */
  public void onMessageAnswered() {
    traffic.onMessage();
    if (traffic.messages() == listener.conversation().closeAfter()) {
      part(CloseReason.CLOSE_AFTER);
    }
  }

  /** Counts input that was discarded while lingering. */
  public boolean mayLingerOn(int discardedBytes) {
    lingerBytes += discardedBytes;
    return lingerBytes < MAX_LINGER_BYTES;
  }

  /** Notes that bytes went either way. */
  public void onActive(long nowNanos) {
    activeNanos = nowNanos;
    stalledNanos = nowNanos;
    endSought = false;
  }

  /**
   * Whether its peer has taken nothing for so long that it is to be found out whether it has ended
   * its side. While replies wait nothing is read, so nothing else would tell.
   */
  public boolean mustSeekEnd(long nowNanos) {
    return phase == Phase.OPEN
        && isOutputPending()
        && !endSought
        && TimeOut.hasPassed(stalledNanos, listener.limits().halfCloseTimeoutNanos(), nowNanos);
  }

  public void onEndSought() {
    endSought = true;
  }

  /** Notes that a message begins now, or that its clock starts anew. */
  public void onMessageBegun(long nowNanos) {
    messageBegunNanos = nowNanos;
  }

  public void onLingering(long nowNanos) {
    phaseBegunNanos = nowNanos;
  }

  /**
   * When the reactor must look at this connection again, at the latest: no deadline can pass before
   * then.
   */
  public long nextLookNanos(long nowNanos) {
    if (phase == Phase.LINGERING) {
      return phaseBegunNanos + LINGER_NANOS; // no other deadline counts any more
    }
    if (handshakeLimitNanos() > 0) { // it may be over at any moment; then others begin to count
      long left = phaseBegunNanos + handshakeLimitNanos() - nowNanos;
      return nowNanos + Math.min(left, listener.limits().shortestTimeoutNanos());
    }
    if (isHolding()) {
      return faults.nextNanos();
    }
    Limits limits = listener.limits();
    boolean stalls = isOutputPending();
    long wait =
        TimeOut.soonest(Long.MAX_VALUE / 4, true, activeNanos, limits.idleTimeoutNanos(), nowNanos);
    wait = TimeOut.soonest(wait, stalls, stalledNanos, limits.writeTimeoutNanos(), nowNanos);
    if (!endSought) {
      boolean waits = stalls && (phase == Phase.FINISHING || phase == Phase.OPEN);
      wait = TimeOut.soonest(wait, waits, stalledNanos, limits.halfCloseTimeoutNanos(), nowNanos);
    }
    boolean begun = isMessageBegun();
    wait = TimeOut.soonest(wait, begun, messageBegunNanos, messageTimeoutNanos(), nowNanos);
    return nowNanos + wait;
  }

  /** The reason for which a deadline has passed, or null if none has. */
  public CloseReason passedDeadline(long nowNanos) {
    Limits limits = listener.limits();
    if (phase == Phase.LINGERING) {
      return TimeOut.hasPassed(phaseBegunNanos, LINGER_NANOS, nowNanos) ? closeReason : null;
    }
    if (handshakeLimitNanos() > 0) {
      boolean late = TimeOut.hasPassed(phaseBegunNanos, handshakeLimitNanos(), nowNanos);
      return late ? CloseReason.HANDSHAKE_TIMEOUT : null;
    }
    if (isHolding()) {
      return null; // it waits for us
    }
    if (isUntakenAtTheEnd()
        && TimeOut.hasPassed(stalledNanos, limits.halfCloseTimeoutNanos(), nowNanos)) {
      return CloseReason.HALF_CLOSE_TIMEOUT;
    }
    if (isOutputPending()
        && TimeOut.hasPassed(stalledNanos, limits.writeTimeoutNanos(), nowNanos)) {
      return CloseReason.WRITE_TIMEOUT;
    }
    if (isMessageBegun() && TimeOut.hasPassed(messageBegunNanos, messageTimeoutNanos(), nowNanos)) {
      return phase == Phase.PROXY ? CloseReason.PROXY_TIMEOUT : CloseReason.MESSAGE_TIMEOUT;
    }
    return TimeOut.hasPassed(activeNanos, limits.idleTimeoutNanos(), nowNanos)
        ? CloseReason.IDLE_TIMEOUT
        : null;
  }

  /** Whether it has waited for its moment long enough. */
  public boolean isDue(long nowNanos) {
    return isHolding() && faults.nextNanos() - nowNanos <= 0;
  }

  /** Whether a last turn could not end it in order: the peer takes nothing, or it ends already. */
  public boolean isPastSaving() {
    return isOutputPending() || phase == Phase.HANDSHAKE || phase.isEnding();
  }

  /** Whether the peer's end was read, and there is something that it has not taken. */
  private boolean isUntakenAtTheEnd() {
    return phase == Phase.FINISHING && isOutputPending();
  }

  private long handshakeLimitNanos() {
    return phase == Phase.HANDSHAKE ? listener.handshakeTimeoutNanos() : 0;
  }

  /**
   * While replies wait for the peer nothing is read, so that no message can become complete. A
   * PROXY header is due from the beginning.
   */
  private boolean isMessageBegun() {
    boolean begun = input != null || (tls != null && tls.isRecordBegun());
    return phase == Phase.PROXY || (begun && !undecoded && !isOutputPending());
  }

  private long messageTimeoutNanos() {
    return phase == Phase.PROXY ? listener.proxyTimeoutNanos() : listener.messageTimeoutNanos();
  }

  @Override
  public void onDeadline(long nowNanos) {
    action.onDeadline(this, nowNanos);
  }

  @Override
  public boolean isHeavy() {
    return phase == Phase.HANDSHAKE || listener.isHeavy();
  }

  @Override
  public String toString() {
    return "connection of " + peerText() + (proxied == null ? "" : " by proxy") + " to " + listener;
  }
}
