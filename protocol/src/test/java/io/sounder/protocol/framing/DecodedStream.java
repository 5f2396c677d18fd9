package io.sounder.protocol.framing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sounder.protocol.framing.Decoder.Outcome;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntSupplier;

/**
 * Everything that a decoder makes of a stream, when it is kept as a connection keeps it: in a
 * buffer to which each chunk is added, and from which decoded bytes are dropped. As text, to be
 * compared.
 */
final class DecodedStream {
  private final List<String> events = new ArrayList<>();

  private DecodedStream() {}

  /** What is found when the bytes arrive in chunks of the supplied sizes, and then the end. */
  static List<String> of(Decoder decoder, byte[] stream, IntSupplier chunkBytes) {
    DecodedStream decoded = new DecodedStream();
    ByteBuffer kept = ByteBuffer.allocate(stream.length + 1);
    for (int at = 0; at < stream.length; ) {
      int size = Math.min(chunkBytes.getAsInt(), stream.length - at);
      kept.put(stream, at, size).flip();
      at += size;
      if (!decoded.drain(decoder, kept)) {
        return decoded.events;
      }
      kept.compact();
    }
    kept.flip();
    decoded.finish(decoder, kept);
    return decoded.events;
  }

  static List<String> whole(Decoder decoder, String stream) {
    byte[] bytes = stream.getBytes(StandardCharsets.ISO_8859_1);
    return of(decoder, bytes, () -> bytes.length);
  }

  static List<String> byteByByte(Decoder decoder, String stream) {
    return of(decoder, stream.getBytes(StandardCharsets.ISO_8859_1), () -> 1);
  }

  private boolean drain(Decoder decoder, ByteBuffer kept) {
    Message message = new Message();
    while (true) {
      int start = kept.position();
      Outcome outcome = decoder.decode(kept, message);
      switch (outcome) {
        case MESSAGE -> add(kept, message);
        case INCOMPLETE -> {
          assertEquals(start, kept.position(), "an unfinished frame stays in the buffer");
          assertTrue(decoder.bytesNeeded(kept) > kept.remaining(), "more bytes are needed");
          return true;
        }
        case TOO_LONG -> {
          assertEquals(start, kept.position(), "a frame that is too long stays in the buffer");
          events.add("TOO_LONG");
          return false;
        }
        case TRUNCATED -> throw new AssertionError("only the end of the stream truncates");
      }
    }
  }

  private void finish(Decoder decoder, ByteBuffer kept) {
    Message message = new Message();
    Outcome outcome = decoder.finish(kept, message);
    if (outcome == Outcome.MESSAGE) {
      add(kept, message);
    } else if (outcome != Outcome.INCOMPLETE) {
      events.add(outcome.name());
    }
  }

  private void add(ByteBuffer kept, Message message) {
    assertEquals(message.frameEnd(), kept.position(), "the position is behind the frame");
    assertEquals(message.end() - message.start(), message.length());
    events.add(
        text(kept, message.start(), message.end())
            + "|"
            + text(kept, message.end(), message.frameEnd()));
  }

  private static String text(ByteBuffer bytes, int start, int end) {
    byte[] copy = new byte[end - start];
    bytes.get(start, copy);
    return new String(copy, StandardCharsets.ISO_8859_1);
  }
}
