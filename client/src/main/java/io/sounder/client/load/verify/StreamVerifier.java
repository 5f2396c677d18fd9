package io.sounder.client.load.verify;

import java.nio.ByteBuffer;

/**
 * Verifies what one stream brings, in whatever pieces it comes; one for each connection, and made
 * anew when it is opened again. Once it has told {@link Replies#onUnusable} it must not be used any
 * more.
 */
public interface StreamVerifier {
  /** Takes all bytes there are, unless the connection turns out to be unusable. */
  void take(ByteBuffer bytes);

  /** Whether a part of a reply has come, and not yet all of it. */
  boolean isInsideReply();

  /** The connection has ended: judges what is still in doubt. */
  default void finish() {}
}
