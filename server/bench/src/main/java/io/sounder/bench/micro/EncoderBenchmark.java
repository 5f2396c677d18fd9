package io.sounder.bench.micro;

import io.sounder.protocol.framing.FrameWriter;
import io.sounder.protocol.framing.Framing;
import io.sounder.protocol.framing.Message;
import io.sounder.protocol.reply.BufferSink;
import io.sounder.protocol.reply.Reply;
import io.sounder.protocol.reply.ReplySpec;
import java.nio.ByteBuffer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/** Putting a message on the wire, up to the copy into a buffer that would be written. */
public class EncoderBenchmark extends MicroBenchmark {
  @Param({"RAW", "LINE", "LENGTH"})
  Framing framing;

  @Param({"64", "16384"})
  int size;

  private final Reply echo = ReplySpec.ECHO.reply(false);
  private final Message message = new Message();
  private FrameWriter writer;
  private ByteBuffer request;
  private ByteBuffer frame;
  private BufferSink out;

  @Setup
  public void setUp() {
    writer = new FrameWriter(framing);
    request = Letters.message(size);
    frame = Letters.framed(framing, size);
    framing.newDecoder(size).decode(frame, message);
    out = new BufferSink(2 * size);
  }

  /** The server's side: an echo, in its frame. */
  @Benchmark
  public int reply() {
    out.clear();
    writer.writeReply(echo, frame.clear(), message, null, out);
    return out.size();
  }

  /** The client's side. */
  @Benchmark
  public int request() {
    out.clear();
    writer.writeMessage(request.rewind(), out);
    return out.size();
  }
}
