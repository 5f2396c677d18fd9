package io.sounder.server.admin;

import com.sun.net.httpserver.Filter;
import com.sun.net.httpserver.HttpExchange;
import io.sounder.protocol.endpoint.AccessList;
import java.io.IOException;
import java.net.InetSocketAddress;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lets those ask who may; others are told so, and learn nothing else. */
final class PeerFilter extends Filter {
  private static final Logger LOG = LoggerFactory.getLogger(PeerFilter.class);

  private final AccessList allowed;
  private final Runnable onRefused;

  PeerFilter(AccessList allowed, Runnable onRefused) {
    this.allowed = allowed;
    this.onRefused = onRefused;
  }

  @Override
  public void doFilter(HttpExchange exchange, Chain chain) throws IOException {
    InetSocketAddress peer = exchange.getRemoteAddress();
    if (allowed.allows(peer.getAddress().getAddress())) {
      chain.doFilter(exchange);
      return;
    }
    onRefused.run();
    LOG.debug("refused {} an admin page", peer);
    exchange.getResponseHeaders().set("Connection", "close");
    AdminServer.send(exchange, 403, "not for you; see --admin-allow\n");
  }

  @Override
  public String description() {
    return "who may ask";
  }
}
