package io.sounder.server.worker;

import io.sounder.server.connection.CloseReason;
import io.sounder.server.connection.Connection;
import io.sounder.server.connection.Interest;
import io.sounder.server.connection.Phase;
import io.sounder.server.connection.Request;
import java.io.IOException;

/**
 * The end of an owner's turn: the connection is released, or handed back to the reactor with a
 * request, as its phase wants it. Belongs to one thread.
 */
final class Handback {
  private final TurnContext context;

  Handback(TurnContext context) {
    this.context = context;
  }

  /**
   * Lets go of a connection; nothing may be done with it afterwards.
   *
   * @param blocked whether something waits, for the socket or for its time
   * @param introduced whether its PROXY header was read in this turn
   */
  void letGo(Connection connection, boolean blocked, boolean introduced) throws IOException {
    if (blocked) {
      if (connection.isHolding()) {
        watchAnew(connection, Interest.NOTHING);
      } else {
        release(connection, Interest.WRITE);
      }
      return;
    }
    switch (connection.phase()) {
      case PROXY -> {
        if (introduced) {
          request(connection, Request.ADMIT_PEER, Interest.READ);
        } else {
          release(connection, Interest.READ);
        }
      }
      case HANDSHAKE, LINGERING -> release(connection, Interest.READ);
      case GREETING -> request(connection, Request.QUEUE_AGAIN, Interest.READ);
      case OPEN -> {
        if (connection.isUndecoded() || isInputBuffered(connection)) {
          request(connection, Request.QUEUE_AGAIN, Interest.READ);
        } else {
          release(connection, Interest.READ);
        }
      }
      case PARTING -> {
        if (sayFarewell(connection)) {
          connection.channel().shutdownOutput();
          connection.onLingering(context.clock().nanoTime());
          connection.moveTo(Phase.LINGERING);
          watchAnew(connection, Interest.READ);
        }
      }
      case FINISHING -> {
        if (sayFarewell(connection)) {
          close(connection, connection.closeReason());
        }
      }
      case LINGERED, RESETTING -> close(connection, connection.closeReason());
    }
  }

  /** Gives it up, for this reason unless there was one already. */
  void close(Connection connection, CloseReason reason) {
    connection.decideClose(reason);
    request(connection, Request.CLOSE, Interest.NOTHING);
  }

  private static boolean isInputBuffered(Connection connection) {
    return connection.tls() != null && connection.tls().isInputBuffered();
  }

  /** Whether all is said; otherwise the connection was let go of until the socket takes more. */
  private boolean sayFarewell(Connection connection) throws IOException {
    if (connection.tls() == null || connection.tls().sayFarewell()) {
      return true;
    }
    release(connection, Interest.WRITE);
    return false;
  }

  private void release(Connection connection, Interest wanted) {
    if (!connection.tryRelease(wanted)) {
      request(connection, Request.WATCH, wanted);
    }
  }

  /** Not a plain release, since a new deadline begins. */
  private void watchAnew(Connection connection, Interest wanted) {
    request(connection, Request.WATCH, wanted);
  }

  private void request(Connection connection, Request request, Interest wanted) {
    connection.letGo(request, wanted);
    context.reactions().request(connection);
  }
}
