package io.sounder.server.guard;

import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The UDP ports of this server, to which nothing is answered. They change while others look: each
 * change makes a new set. Any thread.
 */
public final class OwnPorts {
  private final Map<Integer, Integer> socketsByPort = new HashMap<>();
  private volatile BitSet current = new BitSet(); // replaced, never changed
  private final AtomicInteger changes = new AtomicInteger();

  /** Counts a socket at a port; several addresses may have the same one. */
  public synchronized void add(int port) {
    socketsByPort.merge(port, 1, Integer::sum);
    publish();
  }

  /** Counts a socket less. */
  public synchronized void remove(int port) {
    socketsByPort.computeIfPresent(port, (key, sockets) -> sockets == 1 ? null : sockets - 1);
    publish();
  }

  private void publish() {
    BitSet ports = new BitSet();
    socketsByPort.keySet().forEach(ports::set);
    current = ports;
    changes.incrementAndGet(); // after that, so that whoever has seen the number sees the ports
  }

  public boolean contains(int port) {
    return current.get(port);
  }

  /** How often they have changed: to be asked before a judgement that is to be remembered. */
  public int changes() {
    return changes.get();
  }
}
