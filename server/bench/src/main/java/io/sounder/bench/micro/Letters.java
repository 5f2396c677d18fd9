package io.sounder.bench.micro;

import io.sounder.protocol.framing.FrameWriter;
import io.sounder.protocol.framing.Framing;
import io.sounder.protocol.reply.BufferSink;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** The message that protocol benchmarks look at. */
final class Letters {
  private static final byte[] SIXTEEN = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

  private Letters() {}

  /** So many bytes of it, in a direct buffer, as the server reads into. */
  static ByteBuffer message(int bytes) {
    ByteBuffer message = ByteBuffer.allocateDirect(bytes);
    for (int i = 0; i < bytes; i++) {
      message.put(SIXTEEN[i % SIXTEEN.length]);
    }
    return message.flip();
  }

  /** The same as it comes over a stream. */
  static ByteBuffer framed(Framing framing, int bytes) {
    BufferSink wire = new BufferSink(bytes);
    new FrameWriter(framing).writeMessage(message(bytes), wire);
    ByteBuffer frame = ByteBuffer.allocateDirect(wire.size());
    wire.copyTo(frame);
    return frame.flip();
  }
}
