package io.sounder.client.net;

import java.io.Closeable;
import java.nio.ByteBuffer;

/**
 * A target as commands see it: messages go there and come back, whatever carries them. One thread
 * may send while another receives; {@link #wakeup} and {@link #close} may be called from any
 * thread. Failures are {@link io.sounder.client.outcome.ClientFailure}s.
 */
public interface MessageLink extends Closeable {
  /** What came of waiting for a message. */
  enum Event {
    /** {@link #message} holds one. */
    MESSAGE,
    /** The peer sends nothing more. */
    END,
    /** Nothing in time, or woken up. */
    NOTHING
  }

  /** Sends one message, from position to limit; waits while the peer takes nothing. */
  void send(ByteBuffer message);

  /** Waits for a message up to the deadline. */
  Event receive(Deadline deadline);

  /** The message received last; valid until the next {@link #receive}. */
  ByteBuffer message();

  /**
   * Whether the message received last is what the stream ended with, without the terminator that
   * messages have.
   */
  default boolean lacksTerminator() {
    return false;
  }

  /**
   * Says that nothing more will be sent.
   *
   * @return whether the transport could: datagrams cannot, nor can TLS 1.2
   */
  boolean endSending();

  /** Makes a {@link #receive} that waits, or the next one, return. */
  void wakeup();

  /** The address at the other end. */
  String remoteText();

  @Override
  void close();
}
