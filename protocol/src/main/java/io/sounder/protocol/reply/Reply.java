package io.sounder.protocol.reply;

import java.nio.ByteBuffer;

/**
 * What comes back for a message: a pure function of the message and the exchange. The message is
 * the buffer's bytes from position to limit.
 *
 * <p>Implementations are immutable and shared by all connections of a listener.
 */
public interface Reply {
  /**
   * How many bytes {@link #write} will put. Leaves the message's position and limit as they are.
   */
  int length(ByteBuffer message, Exchange exchange);

  /** Puts the reply. May move the message's position; its limit stays. */
  void write(ByteBuffer message, Exchange exchange, ByteSink out);

  /**
   * Whether the request's text is in the reply, which then ends as the request did (framing {@code
   * line}).
   */
  default boolean carriesRequest() {
    return false;
  }

  /** Whether nothing at all comes back, neither line end nor frame header. */
  default boolean isSilent() {
    return false;
  }
}
