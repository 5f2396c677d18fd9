package io.sounder.client.load.verify;

import java.nio.ByteBuffer;

/** Tells from a reply itself which request it answers. Belongs to one thread. */
public interface Identification {
  /** What was found. */
  enum Found {
    /** It is no reply to any request of this run, or does not say to which. */
    NONE,
    /** It may become one, with more bytes. */
    PART,
    /** It begins with the whole reply to the request found. */
    WHOLE
  }

  /** Looks at the bytes from position to limit, and leaves both alone. */
  Found look(ByteBuffer reply);

  /** The connection on which the request found was sent. */
  int connection();

  /** Which request of its connection was found. */
  long sequence();
}
