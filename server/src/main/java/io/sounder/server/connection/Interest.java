package io.sounder.server.connection;

/** What the reactor is to watch a socket for. */
public enum Interest {
  /** Something to read, or the peer's end. */
  READ,
  /** Room to write what is left. */
  WRITE,
  NOTHING
}
