package io.sounder.protocol.reply;

/**
 * What a reply knows besides the message: who asks, who answers, and the how-manieth reply it is.
 * Values do not change while one reply is written, so that its length and its bytes agree.
 */
public interface Exchange {
  /**
   * The value of any placeholder but {@link Placeholder#NUMBER}; empty where there is none, as the
   * port of a Unix socket. The array is shared and must not be changed.
   */
  byte[] value(Placeholder placeholder);

  /** The value of {@link Placeholder#NUMBER}, at least 1. */
  long number();

  /**
   * One JSON object without line end, as {@link Whoami#json} makes it; shared, not to be changed.
   */
  byte[] whoami();

  /** The wall clock, in seconds since 1970-01-01 UTC. */
  long epochSecond();
}
