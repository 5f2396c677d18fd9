package io.sounder.bench.micro;

import io.sounder.protocol.framing.Decoder;
import io.sounder.protocol.framing.Framing;
import io.sounder.protocol.framing.Message;
import java.nio.ByteBuffer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/** Finding one message in what a read gave. */
public class DecoderBenchmark extends MicroBenchmark {
  @Param({"RAW", "LINE", "LENGTH"})
  Framing framing;

  @Param({"64", "16384"})
  int size;

  private final Message message = new Message();
  private Decoder decoder;
  private ByteBuffer frame;

  @Setup
  public void setUp() {
    decoder = framing.newDecoder(size);
    frame = Letters.framed(framing, size);
  }

  @Benchmark
  public Message decode() {
    frame.rewind();
    if (decoder.decode(frame, message) != Decoder.Outcome.MESSAGE) {
      throw new AssertionError("no message");
    }
    return message;
  }
}
