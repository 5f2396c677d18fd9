package io.sounder.server.listener;

import java.net.InetAddress;
import java.net.SocketException;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The broadcast addresses of this machine's networks, to which no reply goes. */
public final class BroadcastAddresses {
  private static final Logger LOG = LoggerFactory.getLogger(BroadcastAddresses.class);

  private BroadcastAddresses() {}

  /** Those of all interfaces that are up now. */
  public static Set<InetAddress> all() {
    try {
      return Set.copyOf(LocalAddresses.broadcast());
    } catch (SocketException e) {
      LOG.warn("cannot list this machine's interfaces: {}", e.toString());
      return Set.of();
    }
  }
}
