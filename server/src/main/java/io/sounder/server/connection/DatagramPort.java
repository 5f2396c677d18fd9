package io.sounder.server.connection;

import io.sounder.protocol.framing.Decoder;
import io.sounder.server.fault.HeldDatagrams;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.channels.DatagramChannel;
import java.util.concurrent.atomic.AtomicReference;

/** One UDP socket of a listener; a wildcard listener has one for each local address. */
public final class DatagramPort extends Handoff implements Deadline.Expiring {
  /** How datagrams are answered, as long as the listener's settings stay. */
  public record Service(
      Listener listener, SourceGuard guard, Decoder decoder, SocketExchange exchange) {
    /** The service of a socket that is bound. */
    public static Service of(DatagramChannel channel, Listener listener, SourceGuard guard)
        throws IOException {
      SocketAddress local = channel.getLocalAddress();
      return new Service(
          listener, guard, listener.newDecoder(), listener.newExchange(local, local));
    }
  }

  private final DatagramChannel channel;
  private final AtomicReference<Service> next = new AtomicReference<>(); // for an owner to take up
  private Service service;
  private final Deadline deadline = new Deadline(this);
  private Deadline.Expiring action;
  private HeldDatagrams held; // null until there are any
  private boolean ending;

  public DatagramPort(DatagramChannel channel, Listener listener, SourceGuard guard)
      throws IOException {
    this.channel = channel;
    this.service = Service.of(channel, listener, guard);
  }

  /** Reactor: datagrams are answered otherwise from the next turn on. */
  public void serve(Service changed) {
    if (isIdle()) {
      next.set(null);
      service = changed;
    } else {
      next.set(changed);
    }
  }

  /** Owner: takes up how datagrams are answered from now on, if that has changed. */
  public void takeUpChange() {
    if (next.get() != null) {
      service = next.getAndSet(null);
    }
  }

  public DatagramChannel channel() {
    return channel;
  }

  public Listener listener() {
    return service.listener();
  }

  public SourceGuard guard() {
    return service.guard();
  }

  /** Reads single datagrams, and remembers nothing of them. */
  public Decoder decoder() {
    return service.decoder();
  }

  /** What replies know, told anew for each datagram. */
  public SocketExchange exchange() {
    return service.exchange();
  }

  /** Reactor: says what is done when the first reply that waits is due. */
  public void onAdmitted(Deadline.Expiring whenDue) {
    action = whenDue;
  }

  /** When the first reply that waits is due; nothing else here has a deadline. */
  public Deadline deadline() {
    return deadline;
  }

  @Override
  public void onDeadline(long nowNanos) {
    action.onDeadline(nowNanos);
  }

  /** The replies that wait for their time, made when the first one does. */
  public HeldDatagrams held() {
    if (held == null) {
      held = new HeldDatagrams();
    }
    return held;
  }

  public boolean isHolding() {
    return held != null && !held.isEmpty();
  }

  /** Whether nothing more is received: it is closed once the last reply that waits is gone. */
  public boolean isEnding() {
    return ending;
  }

  public void end() {
    ending = true;
  }

  @Override
  public boolean isHeavy() {
    return service.listener().isHeavy();
  }

  @Override
  public String toString() {
    return "socket of " + service.listener();
  }
}
