package io.sounder.server.worker;

import io.sounder.protocol.endpoint.Conversation;
import io.sounder.protocol.reply.Template;
import io.sounder.server.connection.Connection;
import io.sounder.server.connection.SocketExchange;
import java.io.IOException;
import java.util.List;

/** Sends a listener's greetings, as many as the socket takes. */
final class Greeter {
  private Greeter() {}

  /**
   * Goes on with the greetings.
   *
   * @return whether all were sent; otherwise the socket is blocked, or the turn is over
   */
  static boolean greet(Connection connection, Outbound out) throws IOException {
    Conversation conversation = connection.listener().conversation();
    List<Template> greetings = conversation.greetings();
    long total = (long) greetings.size() * conversation.greetingRepeat();
    while (connection.greetingsSent() < total) {
      if (out.isBlocked() || out.isTurnOver()) {
        return false;
      }
      SocketExchange exchange = connection.exchange();
      exchange.next();
      Template greeting = greetings.get((int) (connection.greetingsSent() % greetings.size()));
      connection.listener().frameWriter().writeHeader(greeting.length(exchange), out);
      greeting.write(exchange, out);
      connection.onGreetingSent();
    }
    if (total > 0) {
      connection.exchange().restartNumbers();
    }
    return true;
  }
}
