package io.sounder.server.exposition;

import com.fasterxml.jackson.core.JsonGenerator;
import io.sounder.server.connection.Addresses;
import io.sounder.server.connection.Connection;
import io.sounder.server.connection.Traffic;
import io.sounder.server.tls.TlsStream;
import java.io.IOException;
import java.net.SocketAddress;
import java.util.Locale;

/**
 * What is told of one connection.
 *
 * @param number among all that its listener has had
 * @param peerAddress who is served, which may be whom a proxy has named; null if it is gone
 * @param handed whether somebody owns it, or it waits for that; then the figures are of a moment
 *     ago
 * @param tls the version that was agreed on; null before that, and where it is plain
 */
record ConnectionRow(
    String listener,
    long number,
    SocketAddress peerAddress,
    SocketAddress localAddress,
    String state,
    boolean handed,
    long begunNanos,
    long activeNanos,
    long receivedBytes,
    long sentBytes,
    long messages,
    String tls) {
  /** Reactor: a copy. Must not throw. */
  static ConnectionRow of(Connection connection) {
    Traffic traffic = connection.traffic();
    TlsStream tls = connection.tls();
    return new ConnectionRow(
        connection.listener().toString(),
        connection.number(),
        peer(connection),
        local(connection),
        connection.phase().name().toLowerCase(Locale.ROOT),
        !connection.isIdle(),
        traffic.begunNanos(),
        traffic.activeNanos(),
        traffic.received(),
        traffic.sent(),
        traffic.messages(),
        tls == null ? null : tls.version());
  }

  private static SocketAddress peer(Connection connection) {
    try {
      return connection.peerAddress();
    } catch (IOException e) {
      return null;
    }
  }

  private static SocketAddress local(Connection connection) {
    try {
      return connection.channel().getLocalAddress();
    } catch (IOException e) {
      return null;
    }
  }

  /** The peer, for people. */
  String peer() {
    return text(peerAddress);
  }

  void writeTo(JsonGenerator out, long nowNanos) throws IOException {
    out.writeStartObject();
    out.writeStringField("listener", listener);
    out.writeNumberField("number", number);
    out.writeStringField("peer", peer());
    out.writeStringField("local", text(localAddress));
    out.writeStringField("state", state);
    out.writeBooleanField("handed", handed);
    out.writeNumberField("age_seconds", seconds(nowNanos - begunNanos));
    out.writeNumberField("idle_seconds", seconds(nowNanos - activeNanos));
    out.writeNumberField("received_bytes", receivedBytes);
    out.writeNumberField("sent_bytes", sentBytes);
    out.writeNumberField("messages", messages);
    if (tls != null) {
      out.writeStringField("tls", tls);
    }
    out.writeEndObject();
  }

  /** To the millisecond. */
  private static double seconds(long nanos) {
    return Math.max(0, nanos / 1_000_000) / 1e3;
  }

  private static String text(SocketAddress address) {
    return address == null ? "gone" : Addresses.text(address);
  }
}
