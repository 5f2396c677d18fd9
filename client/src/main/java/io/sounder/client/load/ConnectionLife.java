package io.sounder.client.load;

import io.sounder.client.load.rate.Rates;
import io.sounder.client.wire.Wiring;
import io.sounder.protocol.endpoint.Conversation;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.List;
import java.util.Map;

/**
 * How connections come and go.
 *
 * @param perSecond how many to open per second; 0: as many as the peer takes
 * @param requestsPerConnection after so many replies we close the connection and open another;
 *     {@link Conversation#NEVER} to keep it
 * @param sources local addresses to connect from, in turn; empty for the system's choice
 * @param wiring what connections begin with
 */
record ConnectionLife(
    double perSecond, long requestsPerConnection, List<InetAddress> sources, Wiring wiring) {
  /** As many connections as the peer takes, kept as long as it keeps them. */
  static final ConnectionLife DEFAULT =
      new ConnectionLife(0, Conversation.NEVER, List.of(), Wiring.PLAIN);

  ConnectionLife {
    sources = List.copyOf(sources);
  }

  /** Adds what is not as ever to the flags in force. */
  void addSettings(Map<String, Object> settings) {
    if (perSecond > 0) {
      settings.put("connect-rate", Rates.text(perSecond));
    }
    if (requestsPerConnection != Conversation.NEVER) {
      settings.put("requests-per-connection", requestsPerConnection);
    }
    if (!sources.isEmpty()) {
      settings.put(
          "source-ip", sources.size() == 1 ? sources.get(0).getHostAddress() : sources.size());
    }
    settings.putAll(wiring.settings());
  }

  /** Where a connection comes from, with any port; null for the system's choice. */
  SocketAddress source(int connection) {
    return sources.isEmpty()
        ? null
        : new InetSocketAddress(sources.get(connection % sources.size()), 0);
  }
}
