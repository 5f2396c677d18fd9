package io.sounder.server.worker;

import io.sounder.server.connection.Connection;
import io.sounder.server.connection.DatagramPort;
import io.sounder.server.connection.Handoff;

/** One thread's turns with whatever it has claimed. */
final class Turns {
  private final StreamTurn streamTurn;
  private final DatagramTurn datagramTurn;

  Turns(TurnContext context) {
    streamTurn = new StreamTurn(context);
    datagramTurn = new DatagramTurn(context);
  }

  void run(Handoff claimed) {
    if (claimed instanceof Connection connection) {
      streamTurn.run(connection);
    } else {
      datagramTurn.run((DatagramPort) claimed);
    }
  }
}
