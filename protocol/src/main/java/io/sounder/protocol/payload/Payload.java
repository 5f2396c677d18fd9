package io.sounder.protocol.payload;

import java.nio.ByteBuffer;

/**
 * The messages of one run: all of the same size, each different, and each a pure function of its
 * connection and sequence number, so that nobody has to keep what was sent in order to verify what
 * came back.
 *
 * <p>A message of at least {@link Identity#BYTES} bytes begins with an {@link Identity}, and goes
 * on with filler that grows from it. A shorter one is a stretch of a seeded stream, one stream for
 * each connection, and is told from others only by its place in it.
 *
 * <p>Immutable; any thread. Buffers must be big-endian, as they are unless told otherwise.
 */
public final class Payload {
  private static final int HEADER_WORDS = Identity.BYTES / Long.BYTES;

  private final int run;
  private final int size;

  /**
   * Describes a run's messages.
   *
   * @param run any number that tells this run from others
   * @param size of each message, in bytes
   */
  public Payload(int run, int size) {
    if (size < 0) {
      throw new IllegalArgumentException("size " + size);
    }
    this.run = run;
    this.size = size;
  }

  public int run() {
    return run;
  }

  /** The size of each message, in bytes. */
  public int size() {
    return size;
  }

  /** Whether messages say whose they are. */
  public boolean hasIdentity() {
    return size >= Identity.BYTES;
  }

  /**
   * Puts a part of a message.
   *
   * @param from where the part begins in the message
   * @param length of the part, in bytes; the buffer must have room for it
   */
  public void write(int connection, long sequence, int from, int length, ByteBuffer out) {
    long seed = seed(connection, sequence);
    long index = streamStart(sequence) + from;
    long end = index + length;
    while (index < end) {
      long word = word(index >>> 3, connection, sequence, seed);
      int within = (int) index & 7;
      if (within == 0 && end - index >= Long.BYTES) {
        out.putLong(word);
        index += Long.BYTES;
      } else {
        out.put(Words.at(word, within));
        index++;
      }
    }
  }

  /**
   * Compares a part of a message with what was received, and advances the buffer's position over
   * all that is as it should be.
   *
   * @param from where the part begins in the message
   * @param length how much of the message to compare at most
   * @return how many bytes are right before the first that is not
   */
  public int match(int connection, long sequence, int from, int length, ByteBuffer in) {
    long seed = seed(connection, sequence);
    long start = streamStart(sequence) + from;
    int wanted = Math.min(length, in.remaining());
    int position = in.position();
    int matched = 0;
    while (matched < wanted) {
      long index = start + matched;
      long word = word(index >>> 3, connection, sequence, seed);
      int within = (int) index & 7;
      if (within == 0 && wanted - matched >= Long.BYTES) {
        long difference = word ^ in.getLong(position + matched);
        if (difference != 0) {
          matched += Long.numberOfLeadingZeros(difference) >>> 3;
          break;
        }
        matched += Long.BYTES;
      } else if (Words.at(word, within) == in.get(position + matched)) {
        matched++;
      } else {
        break;
      }
    }
    in.position(position + matched);
    return matched;
  }

  private long seed(int connection, long sequence) {
    return hasIdentity()
        ? Identity.seed(run, connection, sequence)
        : Identity.seed(run, connection, Identity.MAX_SEQUENCE);
  }

  /** Where in its connection's stream a message begins; each message with a header begins anew. */
  private long streamStart(long sequence) {
    return hasIdentity() ? 0 : sequence * size;
  }

  private long word(long index, int connection, long sequence, long seed) {
    if (index >= HEADER_WORDS || !hasIdentity()) {
      return Words.letters(Words.mix(seed + index * Words.GOLDEN_GAMMA));
    }
    return Identity.word((int) index, run, connection, sequence, seed);
  }
}
