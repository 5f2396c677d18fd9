package io.sounder.server.connection;

import io.sounder.protocol.reply.Exchange;
import io.sounder.protocol.reply.Placeholder;
import io.sounder.protocol.reply.Whoami;
import java.net.SocketAddress;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.Map;

/**
 * What replies know about who asks whom. It belongs to the socket's owner; values are made when
 * they are first needed.
 */
public final class SocketExchange implements Exchange {
  private final SocketAddress local;
  private final String listener;
  private final String hostName;
  private final InstantSource wallClock;
  private final Map<Placeholder, byte[]> values = new EnumMap<>(Placeholder.class);

  private SocketAddress peer;
  private byte[] whoami;
  private long number;

  public SocketExchange(
      SocketAddress peer,
      SocketAddress local,
      String listener,
      String hostName,
      InstantSource wallClock) {
    this.peer = peer;
    this.local = local;
    this.listener = listener;
    this.hostName = hostName;
    this.wallClock = wallClock;
  }

  /** Begins the next reply to the same peer. */
  public void next() {
    number++;
  }

  /** Begins the first greeting, or the first reply after the greetings, again with number 1. */
  public void restartNumbers() {
    number = 0;
  }

  /** Begins a reply to a peer that may be another one, with a number that others draw too. */
  public void next(SocketAddress newPeer, long newNumber) {
    number = newNumber;
    if (!newPeer.equals(peer)) {
      peer = newPeer;
      whoami = null;
      values.clear();
    }
  }

  @Override
  public byte[] value(Placeholder placeholder) {
    byte[] value = values.get(placeholder);
    if (value == null) {
      value = Addresses.value(placeholder, peer, local, hostName);
      values.put(placeholder, value);
    }
    return value;
  }

  @Override
  public long number() {
    return number;
  }

  @Override
  public byte[] whoami() {
    if (whoami == null) {
      whoami = Whoami.json(Addresses.text(peer), Addresses.text(local), listener, hostName);
    }
    return whoami;
  }

  @Override
  public long epochSecond() {
    return wallClock.instant().getEpochSecond();
  }
}
