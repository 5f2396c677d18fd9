package io.sounder.server.worker;

import io.sounder.protocol.text.Escapes;
import io.sounder.server.connection.CloseReason;
import io.sounder.server.connection.Connection;
import io.sounder.server.connection.Phase;
import io.sounder.server.tls.TlsStream;
import java.io.IOException;
import javax.net.ssl.SSLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How TLS begins on a connection, and how it fails. */
final class Handshakes {
  private static final Logger LOG = LoggerFactory.getLogger(Handshakes.class);

  private Handshakes() {}

  /** Goes on with the handshake; when it is done, the conversation begins. */
  static TlsStream.Handshake advance(Connection connection, TurnContext context)
      throws IOException {
    if (connection.tls() == null) {
      connection.secure(
          connection.listener().tls().newStream(connection.channel(), context.pool()));
    }
    TlsStream.Handshake outcome = connection.tls().handshake();
    if (outcome == TlsStream.Handshake.DONE) {
      context.counters().onSecured();
      connection.listener().counts().onSecured();
      connection.onSecured();
    }
    return outcome;
  }

  /** Tells the peer of the failure, and says what it is called. */
  static CloseReason fail(Connection connection, SSLException e) {
    if (LOG.isDebugEnabled()) {
      LOG.debug(
          "TLS with {} failed: {}", connection, Escapes.oneLine(String.valueOf(e.getMessage())));
    }
    connection.tls().fail();
    return connection.phase() == Phase.HANDSHAKE
        ? CloseReason.TLS_HANDSHAKE
        : CloseReason.TLS_PROTOCOL;
  }
}
