package io.sounder.server.worker;

import io.sounder.protocol.framing.Message;
import io.sounder.protocol.reply.ByteSink;
import io.sounder.protocol.reply.Exchange;
import io.sounder.server.connection.Connection;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * The way out of a connection, for one thread: bytes as they are put, and the replies to messages.
 */
interface Outbound extends ByteSink {
  /** Begins a connection's turn. */
  void begin(Connection owner);

  /** Whether something waits: for the socket, which takes no more for now, or for its time. */
  boolean isBlocked();

  /** Whether so much waits that no more messages must be answered. */
  boolean isFull();

  /** Whether so much was written in this turn that others should have theirs. */
  boolean isTurnOver();

  /** How many bytes the socket has taken in this turn. */
  long written();

  /**
   * Writes what an earlier turn left; afterwards {@link #isBlocked} tells whether some is left
   * still.
   */
  void flushPending() throws IOException;

  /**
   * Replies to a message.
   *
   * @param bytes where it was decoded; its position and limit are left undefined
   */
  void reply(ByteBuffer bytes, Message message, Exchange exchange) throws IOException;

  /** Writes what was gathered; what the socket does not take waits. */
  void flush();
}
