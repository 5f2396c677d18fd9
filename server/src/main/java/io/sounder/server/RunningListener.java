package io.sounder.server;

import io.sounder.protocol.endpoint.AccessList;
import io.sounder.protocol.endpoint.ListenerSpec;
import io.sounder.server.connection.DatagramPort;
import io.sounder.server.connection.Listener;
import io.sounder.server.connection.NanoClock;
import io.sounder.server.guard.OwnPorts;
import io.sounder.server.listener.BoundListener;
import io.sounder.server.reactor.Listening;
import io.sounder.server.tls.TlsContext;
import java.io.IOException;
import java.nio.channels.DatagramChannel;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A listener that is open: its sockets, and what is said on them.
 *
 * @param ports the UDP sockets, as the reactor knows them
 */
record RunningListener(BoundListener bound, Listener listener, List<DatagramPort> ports) {
  private static final Logger LOG = LoggerFactory.getLogger(RunningListener.class);

  /** One whose sockets are bound and not yet served. */
  static RunningListener of(
      BoundListener bound, int maxConnections, String hostName, OwnPorts ownPorts)
      throws IOException {
    Listener listener =
        new Listener(
            bound.spec(), bound.endpoint(), maxConnections, hostName, InstantSource.system());
    bound.tls().ifPresent(listener::secureWith);
    SourceGuards guards = new SourceGuards(listener, ownPorts, NanoClock.SYSTEM);
    List<DatagramPort> ports = new ArrayList<>();
    for (DatagramChannel channel : bound.datagrams()) {
      ports.add(new DatagramPort(channel, listener, guards.guardOf(channel)));
    }
    return new RunningListener(bound, listener, ports);
  }

  /** The same sockets with other settings, and not yet served so. */
  RunningListener succeededBy(ListenerSpec spec, Optional<TlsContext> tls) {
    Listener successor = listener.succeededBy(spec);
    tls.ifPresent(successor::secureWith);
    BoundListener sockets =
        new BoundListener(
            spec,
            successor.endpoint(),
            bound.accepting(),
            bound.datagrams(),
            bound.socketFile(),
            tls);
    return new RunningListener(sockets, successor, ports);
  }

  /** How its UDP sockets are to answer, in their order. */
  List<DatagramPort.Service> services(OwnPorts ownPorts) throws IOException {
    SourceGuards guards = new SourceGuards(listener, ownPorts, NanoClock.SYSTEM);
    List<DatagramPort.Service> services = new ArrayList<>();
    for (DatagramPort port : ports) {
      services.add(
          DatagramPort.Service.of(port.channel(), listener, guards.guardOf(port.channel())));
    }
    return services;
  }

  /** Reactor: begins to serve. */
  void start(Listening listening) {
    bound.accepting().ifPresent(channel -> listening.listen(channel, listener));
    ports.forEach(listening::receive);
  }

  /** Reactor: has its successor serve its sockets. */
  void succeed(Listening listening, RunningListener after, List<DatagramPort.Service> services) {
    listening.succeed(listener, after.listener);
    for (int i = 0; i < services.size(); i++) {
      listening.succeed(ports.get(i), services.get(i));
    }
  }

  void addTo(OwnPorts ownPorts) {
    ports.forEach(port -> ownPorts.add(bound.endpoint().port()));
  }

  void removeFrom(OwnPorts ownPorts) {
    ports.forEach(port -> ownPorts.remove(bound.endpoint().port()));
  }

  /** Whether the selector still knows the listening socket, which then has its port. */
  boolean hasPort() {
    return bound.accepting().isPresent() && bound.accepting().get().isRegistered();
  }

  /** Tells an operator of what he may not have meant. */
  void warn() {
    boolean udp = !bound.datagrams().isEmpty();
    if (udp && bound.spec().access().filter(AccessList::isOpen).isPresent()) {
      LOG.warn(
          "{} answers any source, and forged ones cannot be told: keep it behind a firewall, or say allow=private",
          listener);
    }
    warnIfExpired(listener);
    RunningFaults.warnIfAny(listener);
  }

  /** Tells that clients will refuse its certificate. */
  static void warnIfExpired(Listener listener) {
    TlsContext tls = listener.tls();
    if (tls != null && tls.notAfter().isBefore(InstantSource.system().instant())) {
      LOG.warn(
          "{} has a certificate that expired at {}, and clients will refuse it: get a new one",
          listener,
          tls.notAfter());
    }
  }
}
