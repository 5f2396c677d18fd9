package io.sounder.client.load.script;

import java.nio.ByteBuffer;

/** A stretch of a text: the same bytes in each request, or a field that is filled in. */
sealed interface Part permits Literal, Field {
  /** The most bytes that it can become. */
  int maxBytes();

  /** Puts what it is in one request. */
  void write(Numbering numbering, int connection, long sequence, ByteBuffer out);
}
