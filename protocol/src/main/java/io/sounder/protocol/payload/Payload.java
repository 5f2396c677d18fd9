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
 * <p>For one thread. Buffers must be big-endian, as they are unless told otherwise.
 */
public final class Payload {
  private final int run;
  private final int size;
  private final int headerBytes; // none where messages are too short for one
  private final Filler filler;

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
    this.headerBytes = hasIdentity() ? Identity.BYTES : 0;
    this.filler = new Filler(run);
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
    int at = out.position();
    int end = at + length;
    for (; at < end && !isWordStart(index); at++) {
      out.put(at, byteAt(index++, connection, sequence, seed));
    }
    for (; end - at >= Long.BYTES && index < headerBytes; at += Long.BYTES) {
      out.putLong(at, headerWord(index, connection, sequence, seed));
      index += Long.BYTES;
    }
    int words = (end - at) / Long.BYTES;
    if (words > 0) {
      filler.write(index / Long.BYTES, words, seed, out, at);
      at += words * Long.BYTES;
      index += (long) words * Long.BYTES;
    }
    for (; at < end; at++) {
      out.put(at, byteAt(index++, connection, sequence, seed));
    }
    out.position(end);
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
    long index = streamStart(sequence) + from;
    int start = in.position();
    int end = start + Math.min(length, in.remaining());
    int at = start;
    while (at < end
        && !isWordStart(index)
        && in.get(at) == byteAt(index, connection, sequence, seed)) {
      at++;
      index++;
    }
    if (isWordStart(index)) {
      while (end - at >= Long.BYTES
          && index < headerBytes
          && in.getLong(at) == headerWord(index, connection, sequence, seed)) {
        at += Long.BYTES;
        index += Long.BYTES;
      }
      if (index >= headerBytes) {
        int words = (end - at) / Long.BYTES;
        int right = filler.match(index / Long.BYTES, words, seed, in, at);
        at += right * Long.BYTES;
        index += (long) right * Long.BYTES;
      }
    }
    // What ends the words is a rest that is shorter than one, or a wrong byte to be found in one.
    while (at < end && in.get(at) == byteAt(index, connection, sequence, seed)) {
      at++;
      index++;
    }
    in.position(at);
    return at - start;
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

  private static boolean isWordStart(long index) {
    return index % Long.BYTES == 0;
  }

  private long headerWord(long index, int connection, long sequence, long seed) {
    return Identity.word((int) index / Long.BYTES, run, connection, sequence, seed);
  }

  private byte byteAt(long index, int connection, long sequence, long seed) {
    long word =
        index < headerBytes
            ? headerWord(index, connection, sequence, seed)
            : filler.word(index / Long.BYTES, seed);
    return Words.at(word, (int) (index % Long.BYTES));
  }
}
