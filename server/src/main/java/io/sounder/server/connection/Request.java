package io.sounder.server.connection;

/** What an owner asks of the reactor as it lets go. */
public enum Request {
  /** Watch for the wanted {@link Interest}, and look at the deadlines anew. */
  WATCH,
  /** Put it on the ready queue again: there is work left that no event will announce. */
  QUEUE_AGAIN,
  /** Its PROXY header was read: decide whether its real peer may stay, then as QUEUE_AGAIN. */
  ADMIT_PEER,
  /** Close it, for the reason that it holds. */
  CLOSE
}
