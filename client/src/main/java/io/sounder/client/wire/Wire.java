package io.sounder.client.wire;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/**
 * A stream of bytes to and from a peer, over a non-blocking socket. One thread may read while
 * another writes. Whoever has to wait waits for the socket.
 */
public interface Wire extends Closeable {
  /** What {@link #read} gives at the end of the stream. */
  int END = -1;

  /**
   * Reads what is there.
   *
   * @return how many bytes, or {@link #END}; fewer than fit only if the socket has no more for now,
   *     has given all that one call may take of it, or the stream ends after them
   * @throws IOException if the connection is broken; what came before that was given first
   */
  int read(ByteBuffer bytes) throws IOException;

  /** Whether a read may give something, or the end, though the socket is silent. */
  boolean hasMore();

  /** As {@link #read}, of what has left the socket already. */
  int readWaiting(ByteBuffer bytes) throws IOException;

  /**
   * Takes as much as it can.
   *
   * @return how many bytes; not all of them may be on the way, see {@link #flush}
   */
  int write(ByteBuffer bytes) throws IOException;

  /** Whether all that was taken is with the system; if not, wait until the socket takes more. */
  boolean flush() throws IOException;

  /** Whether the peer can be told that nothing more comes, and still be read. */
  boolean canEndSending();

  /**
   * Tells the peer that nothing more comes.
   *
   * @return whether that is on the way; if not, wait until the socket takes more and call again
   */
  boolean endSending() throws IOException;

  /** The socket below, to wait for and to ask about. */
  SocketChannel socket();

  /** Closes the socket, and says goodbye first where that can be done at once. */
  @Override
  void close() throws IOException;
}
