package io.sounder.server.fault;

import io.sounder.protocol.endpoint.Fault;
import io.sounder.protocol.framing.Framing;
import java.nio.ByteBuffer;

/**
 * What is done to the bytes of one reply, so that whoever reads it can tell: a changed byte leaves
 * the framing intact, and what was cut off is more than a terminator.
 */
public final class Damage {
  private Damage() {}

  /**
   * Does to a reply what was drawn for it, as far as it concerns its bytes.
   *
   * @param reply from position to limit, as it goes over the wire; its limit is moved to cut it
   * @return what is done with it: what was drawn, or null if the reply is too short for that
   */
  public static Fault inflict(Verdict verdict, ByteBuffer reply, Framing framing) {
    if (verdict.deed() == Fault.CORRUPT) {
      return corrupt(reply, framing, verdict.salt()) ? Fault.CORRUPT : null;
    }
    if (verdict.deed() == Fault.TRUNCATE) {
      return truncate(reply, framing, verdict.salt()) ? Fault.TRUNCATE : null;
    }
    return verdict.deed();
  }

  /** Changes one byte of the message itself. */
  private static boolean corrupt(ByteBuffer reply, Framing framing, long salt) {
    int start = reply.position() + (framing.hasHeader() ? Framing.HEADER_BYTES : 0);
    int size = contentEnd(reply, framing) - start;
    if (size <= 0) {
      return false;
    }
    int first = Chance.below(size, salt);
    for (int i = 0; i < size; i++) {
      int at = start + (first + i) % size;
      byte before = reply.get(at);
      if (framing != Framing.LINE || before != '\n') { // in a datagram a line may hold some
        reply.put(at, changed(before, framing, salt));
        return true;
      }
    }
    return false;
  }

  /** Another byte; in a line, none that could be taken for its end. */
  private static byte changed(byte before, Framing framing, long salt) {
    int mask = (int) (salt & 0xff);
    byte after;
    do {
      mask = mask % 255 + 1;
      after = (byte) (before ^ mask);
    } while (framing == Framing.LINE && (after == '\n' || after == '\r'));
    return after;
  }

  /** Cuts in the second half, so that the first is there to tell which reply it was. */
  private static boolean truncate(ByteBuffer reply, Framing framing, long salt) {
    int size = contentEnd(reply, framing) - reply.position();
    int least = (size + 1) / 2;
    if (least >= size) {
      return false;
    }
    reply.limit(reply.position() + least + Chance.below(size - least, salt));
    return true;
  }

  /** Where the terminator of a line begins, if it has one; otherwise the end. */
  private static int contentEnd(ByteBuffer reply, Framing framing) {
    int end = reply.limit();
    if (framing != Framing.LINE || !endsWith(reply, end, '\n')) {
      return end;
    }
    return endsWith(reply, end - 1, '\r') ? end - 2 : end - 1;
  }

  private static boolean endsWith(ByteBuffer reply, int end, char last) {
    return end > reply.position() && reply.get(end - 1) == last;
  }
}
