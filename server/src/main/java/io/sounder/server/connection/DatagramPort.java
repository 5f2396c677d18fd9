package io.sounder.server.connection;

import io.sounder.protocol.framing.Decoder;
import io.sounder.server.fault.HeldDatagrams;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.channels.DatagramChannel;

/** One UDP socket of a listener; a wildcard listener has one for each local address. */
public final class DatagramPort extends Handoff implements Deadline.Expiring {
  private final DatagramChannel channel;
  private final Listener listener;
  private final SourceGuard guard;
  private final SocketExchange exchange;
  private final Decoder decoder;
  private final Deadline deadline = new Deadline(this);
  private Deadline.Expiring action;
  private HeldDatagrams held; // null until there are any
  private boolean ending;

  public DatagramPort(DatagramChannel channel, Listener listener, SourceGuard guard)
      throws IOException {
    this.channel = channel;
    this.listener = listener;
    this.guard = guard;
    this.decoder = listener.newDecoder();
    SocketAddress local = channel.getLocalAddress();
    this.exchange = listener.newExchange(local, local);
  }

  public DatagramChannel channel() {
    return channel;
  }

  public Listener listener() {
    return listener;
  }

  public SourceGuard guard() {
    return guard;
  }

  /** Reads single datagrams, and remembers nothing of them. */
  public Decoder decoder() {
    return decoder;
  }

  /** What replies know, told anew for each datagram. */
  public SocketExchange exchange() {
    return exchange;
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
    return listener.isHeavy();
  }

  @Override
  public String toString() {
    return "socket of " + listener;
  }
}
