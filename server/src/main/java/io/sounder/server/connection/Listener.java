package io.sounder.server.connection;

import io.sounder.protocol.endpoint.AccessList;
import io.sounder.protocol.endpoint.Conversation;
import io.sounder.protocol.endpoint.Endpoint;
import io.sounder.protocol.endpoint.FaultSpec;
import io.sounder.protocol.endpoint.Limits;
import io.sounder.protocol.endpoint.ListenerSpec;
import io.sounder.protocol.endpoint.Scheme;
import io.sounder.protocol.endpoint.TlsSettings;
import io.sounder.protocol.framing.Decoder;
import io.sounder.protocol.framing.FrameWriter;
import io.sounder.protocol.framing.Framing;
import io.sounder.protocol.reply.Reply;
import io.sounder.server.fault.FaultCounts;
import io.sounder.server.fault.FaultPlan;
import io.sounder.server.guard.PeerLimits;
import io.sounder.server.tls.TlsContext;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;

/**
 * What all connections share that begin at one place with the same settings. When those change, a
 * successor serves the connections that begin from then on; what there is one of at a place, counts
 * and faults, they share. Immutable, but for that, and for the TLS context.
 */
public final class Listener {
  /**
   * A turn that costs more than this is too much for the reactor, which must get back to selecting.
   */
  public static final long ASSIST_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

  /** A reply that looks at every byte of a longer message takes more than that, too. */
  private static final int MAX_LIGHT_FRAME_BYTES = 128 << 10;

  /** For a PROXY header where messages may take for ever: a program sends it at once. */
  private static final long DEFAULT_PROXY_TIMEOUT_NANOS = TimeUnit.SECONDS.toNanos(10);

  private final ListenerSpec spec;
  private final Endpoint endpoint;
  private final String hostName;
  private final InstantSource wallClock;
  private final Reply reply;
  private final FrameWriter frameWriter;
  private final AccessList access;
  private final PeerLimits peerLimits;
  private final boolean isInspected; // of the spec, but one step nearer: asked for each message
  private final Place place;
  private ListenerCounts counts = new ListenerCounts();
  private volatile TlsContext tls; // null where it is plain

  /**
   * A listener that is bound.
   *
   * @param endpoint where it listens, with the port that it got
   * @param maxConnections what {@code auto} came to
   */
  public Listener(
      ListenerSpec spec,
      Endpoint endpoint,
      int maxConnections,
      String hostName,
      InstantSource wallClock) {
    this(
        spec,
        endpoint,
        hostName,
        wallClock,
        new Place(maxConnections),
        new PeerLimits(spec.guards().connectionsPerIp(), spec.guards().acceptsPerSecondPerIp()));
    inject(spec.faults());
  }

  private Listener(
      ListenerSpec spec,
      Endpoint endpoint,
      String hostName,
      InstantSource wallClock,
      Place place,
      PeerLimits peerLimits) {
    this.spec = spec;
    this.endpoint = endpoint;
    this.place = place;
    this.peerLimits = peerLimits;
    this.hostName = hostName;
    this.wallClock = wallClock;
    this.reply = spec.conversation().newReply(endpoint.scheme());
    this.frameWriter = new FrameWriter(spec.conversation().framing());
    this.access =
        spec.access()
            .orElse(endpoint.scheme() == Scheme.UDP ? AccessList.LOOPBACK : AccessList.ANY)
            .except(spec.guards().denied());
    this.isInspected = spec.isInspected();
  }

  /**
   * A listener at the same place with other settings, for what begins once the reactor has it
   * succeed this one. It must be given its faults and its TLS context.
   */
  public Listener succeededBy(ListenerSpec changed) {
    return new Listener(
        changed,
        changed.endpoint().withPort(endpoint.port()),
        hostName,
        wallClock,
        place,
        peerLimits.succeededBy(
            changed.guards().connectionsPerIp(), changed.guards().acceptsPerSecondPerIp()));
  }

  /** Whether they share what there is one of at a place. */
  public boolean isAtThePlaceOf(Listener other) {
    return place == other.place;
  }

  /** Whether nothing listens here any more, so that its connections are to end. Any thread. */
  public boolean isRemoved() {
    return place.isRemoved();
  }

  /** Reactor: nothing listens here any more. */
  public void remove() {
    place.remove();
  }

  /** Whether the time of a removed one is over, so that whoever owns a socket closes it. */
  public boolean isOver() {
    return place.isOver();
  }

  /** Reactor: the time of a removed one is over. */
  public void endNow() {
    place.endNow();
  }

  public ListenerSpec spec() {
    return spec;
  }

  public Endpoint endpoint() {
    return endpoint;
  }

  public Conversation conversation() {
    return spec.conversation();
  }

  /** Whether it has something to say, or to do, before a peer has sent anything. */
  boolean speaksFirst() {
    return !conversation().greetings().isEmpty()
        || conversation().closeAfter() == 0
        || conversation().isTimeAtOnce(endpoint.scheme());
  }

  public Limits limits() {
    return spec.limits();
  }

  public Reply reply() {
    return reply;
  }

  public FrameWriter frameWriter() {
    return frameWriter;
  }

  public AccessList access() {
    return access;
  }

  /** Reactor: what each of its peers may have. */
  public PeerLimits peerLimits() {
    return peerLimits;
  }

  /** What has happened on it. */
  public ListenerCounts counts() {
    return counts;
  }

  /** Goes on with the counts of another that was in its place. Before its socket is watched. */
  public void countWith(ListenerCounts before) {
    counts = before;
  }

  /** Whether its connections begin with a PROXY header. */
  public boolean expectsProxyHeader() {
    return spec.proxy().isRequired();
  }

  /**
   * Whether whoever is at the other end of a socket may use it. Where that is a proxy, it is about
   * whom it may name; the peers that it names are then {@link #admits admitted} or not.
   */
  public boolean letsConnect(SocketAddress direct) {
    AccessList list = expectsProxyHeader() ? spec.proxy().senders().orElse(AccessList.ANY) : access;
    return !(direct instanceof InetSocketAddress inet)
        || list.allows(inet.getAddress().getAddress());
  }

  /** Whether the peer that a proxy speaks for may stay. One without an address is on no list. */
  public boolean admits(SocketAddress peer) {
    return peer instanceof InetSocketAddress inet
        ? access.allows(inet.getAddress().getAddress())
        : spec.access().isEmpty();
  }

  /** How many connections may be open at once. Any thread. */
  public int maxConnections() {
    return place.maxConnections();
  }

  /** Reactor: so many connections may be open at once from now on. */
  public void limitTo(int maxConnections) {
    place.limitTo(maxConnections);
  }

  /** Busy CPU time per reply, in nanoseconds. */
  public long workNanos() {
    return spec.workNanos();
  }

  /** How long a message that has begun may take; 0 where it may take for ever, or none ever is. */
  long messageTimeoutNanos() {
    return conversation().framing() == Framing.RAW ? 0 : limits().messageTimeoutNanos();
  }

  /** How long a PROXY header may take, from the beginning of its connection. */
  long proxyTimeoutNanos() {
    long nanos = limits().messageTimeoutNanos();
    return nanos > 0 ? nanos : DEFAULT_PROXY_TIMEOUT_NANOS;
  }

  /** Whether what arrives may be looked at as it comes in. */
  public boolean isInspected() {
    return isInspected;
  }

  /** Whether a single reply can cost more than the reactor can spare. */
  public boolean isHeavy() {
    boolean readsEveryByte =
        switch (conversation().reply().kind()) {
          case COUNT, REPLACE -> conversation().framing() != Framing.RAW;
          case ECHO, OK, WHOAMI, TIME, DISCARD, TEXT -> false;
        };
    return spec.workNanos() >= ASSIST_NANOS
        || (readsEveryByte && conversation().maxFrameBytes() > MAX_LIGHT_FRAME_BYTES);
  }

  /** The same, or whether its connections have turns at their beginning that do. */
  public boolean hasHeavyTurns() {
    return isHeavy() || isSecure();
  }

  /** Whether its connections speak TLS. */
  public boolean isSecure() {
    return endpoint.scheme() == Scheme.TLS;
  }

  /** With what connections speak TLS that begin now. */
  public TlsContext tls() {
    return tls;
  }

  /** Any thread: connections that begin from now on speak TLS with this. Before the first one. */
  public void secureWith(TlsContext context) {
    tls = context;
  }

  /** How long a TLS handshake may take; 0 where that is off. */
  public long handshakeTimeoutNanos() {
    return spec.tls().map(TlsSettings::handshakeTimeoutNanos).orElse(0L);
  }

  public Decoder newDecoder() {
    return conversation().framing().newDecoder(conversation().maxFrameBytes());
  }

  /** Whether greetings or replies want to know more than the message. */
  public boolean usesExchange() {
    return switch (conversation().reply().kind()) {
      case TEXT, WHOAMI, TIME -> true;
      case ECHO, OK, COUNT, DISCARD, REPLACE -> !conversation().greetings().isEmpty();
    };
  }

  public SocketExchange newExchange(SocketAddress peer, SocketAddress local) {
    return new SocketExchange(peer, local, endpoint.toString(), hostName, wallClock);
  }

  /** The number of the next reply over UDP, from 1; any thread. */
  public long nextDatagramReply() {
    return place.datagramReplies().incrementAndGet();
  }

  /** Reactor: counts one more connection, if there is room for it; {@link #onLeft} must follow. */
  public boolean tryAdmit() {
    return place.tryAdmit();
  }

  /** Reactor: the number of the connection that was admitted last, from 1. */
  long admittedConnections() {
    return place.admittedConnections();
  }

  /** Reactor: counts one connection less. */
  public void onLeft() {
    place.onLeft();
  }

  /**
   * What is injected into replies that are made from now on; null as long as there never was
   * anything. Any thread.
   */
  public FaultPlan faults() {
    return place.faults();
  }

  /** Reactor, once it runs: injects other faults from now on, or none. */
  public void inject(FaultSpec wanted) {
    if (place.faults() != null || !wanted.isNone()) {
      place.faults(new FaultPlan(wanted, place.admittedConnections(), place.faultCounts()));
    }
  }

  /** What was injected so far. Any thread. */
  public FaultCounts faultCounts() {
    return place.faultCounts();
  }

  /** Where it listens, and the faults that it injects now: {@code tcp://127.0.0.1:8888?drop=1}. */
  public String textWithFaults() {
    FaultPlan plan = place.faults();
    return plan == null || plan.isNone() ? toString() : this + "?" + plan.spec();
  }

  @Override
  public String toString() {
    return endpoint.toString();
  }
}
