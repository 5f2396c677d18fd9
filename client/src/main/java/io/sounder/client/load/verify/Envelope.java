package io.sounder.client.load.verify;

import io.sounder.protocol.framing.FrameWriter;
import io.sounder.protocol.framing.Framing;
import io.sounder.protocol.payload.Payload;
import io.sounder.protocol.reply.BufferSink;
import io.sounder.protocol.reply.Ok;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * A payload as it stands on the wire, with the same bytes before and behind each: a request, or a
 * reply that carries it. Immutable.
 */
public final class Envelope implements Expectation {
  private static final byte[] NOTHING = {};
  private static final byte[] LINE_FEED = {'\n'};

  private final byte[] head;
  private final Payload payload;
  private final byte[] tail;
  private final int tailStart;
  private final int length;

  private Envelope(byte[] head, Payload payload, byte[] tail) {
    this.head = head;
    this.payload = payload;
    this.tail = tail;
    this.tailStart = head.length + payload.size();
    this.length = tailStart + tail.length;
  }

  /** What is sent, and what an echo sends back. */
  public static Envelope framed(Payload payload, Framing framing) {
    return framed(payload, framing, NOTHING);
  }

  /** A reply that begins with {@code OK...}, in a frame or a datagram. */
  public static Envelope afterOk(Payload payload, Framing framing) {
    return framed(payload, framing, Ok.PREFIX.getBytes(StandardCharsets.US_ASCII));
  }

  /** The payload alone. */
  public static Envelope bare(Payload payload) {
    return new Envelope(NOTHING, payload, NOTHING);
  }

  private static Envelope framed(Payload payload, Framing framing, byte[] prefix) {
    BufferSink head = new BufferSink(Framing.HEADER_BYTES + prefix.length);
    new FrameWriter(framing).writeHeader(prefix.length + payload.size(), head);
    head.put(prefix);
    return new Envelope(head.toByteArray(), payload, framing == Framing.LINE ? LINE_FEED : NOTHING);
  }

  /** The size of each on the wire, in bytes. */
  public int length() {
    return length;
  }

  @Override
  public int length(int connection, long sequence) {
    return length;
  }

  @Override
  public void write(int connection, long sequence, int from, int count, ByteBuffer out) {
    int end = from + count;
    int at = from;
    for (; at < Math.min(end, head.length); at++) {
      out.put(head[at]);
    }
    int payloadBytes = Math.min(end, tailStart) - at;
    if (payloadBytes > 0) {
      payload.write(connection, sequence, at - head.length, payloadBytes, out);
      at += payloadBytes;
    }
    for (; at < end; at++) {
      out.put(tail[at - tailStart]);
    }
  }

  @Override
  public int match(int connection, long sequence, int from, ByteBuffer in) {
    int at = matchBytes(head, 0, from, in);
    if (at >= head.length && at < tailStart) {
      at += payload.match(connection, sequence, at - head.length, tailStart - at, in);
    }
    if (at >= tailStart) {
      at = matchBytes(tail, tailStart, at, in);
    }
    return at - from;
  }

  /** Compares with bytes that begin at {@code start}; how far it is right, if from there. */
  private static int matchBytes(byte[] bytes, int start, int from, ByteBuffer in) {
    int at = from;
    while (at < start + bytes.length
        && in.hasRemaining()
        && in.get(in.position()) == bytes[at - start]) {
      in.position(in.position() + 1);
      at++;
    }
    return at;
  }
}
