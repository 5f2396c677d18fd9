package io.sounder.server.worker;

import io.sounder.server.connection.Connection;
import io.sounder.server.connection.DatagramPort;
import io.sounder.server.connection.Handoff;
import io.sounder.server.watch.Pulse;

/** One thread's turns with whatever it has claimed. */
final class Turns {
  private final StreamTurn streamTurn;
  private final DatagramTurn datagramTurn;
  private final Pulse pulse;

  Turns(TurnContext context) {
    pulse = context.pulse();
    streamTurn = new StreamTurn(context);
    datagramTurn = new DatagramTurn(context);
  }

  void run(Handoff claimed) {
    pulse.beat();
    if (claimed instanceof Connection connection) {
      streamTurn.run(connection);
    } else {
      datagramTurn.run((DatagramPort) claimed);
    }
  }
}
