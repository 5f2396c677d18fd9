package io.sounder.bench.micro;

import io.sounder.client.load.verify.Envelope;
import io.sounder.client.load.verify.InFlight;
import io.sounder.client.load.verify.RawVerifier;
import io.sounder.client.load.verify.Replies;
import io.sounder.client.load.verify.StreamVerifier;
import io.sounder.client.load.verify.Wrong;
import io.sounder.protocol.framing.Framing;
import io.sounder.protocol.payload.Payload;
import java.nio.ByteBuffer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/** What the load tester does about the bytes of a request, and of the echo that comes back. */
public class PayloadBenchmark extends MicroBenchmark {
  private static final int RUN = 77;
  private static final int CONNECTION = 3;

  @Param({"64", "16384"})
  int size;

  private final InFlight awaited = new InFlight(1);
  private Payload payload;
  private Envelope envelope;
  private StreamVerifier verifier;
  private ByteBuffer bytes;
  private long sequence;

  @Setup
  public void setUp() {
    payload = new Payload(RUN, size);
    envelope = Envelope.framed(payload, Framing.RAW);
    verifier = new RawVerifier(envelope, RUN, CONNECTION, false, awaited, new Settling(awaited));
    bytes = ByteBuffer.allocateDirect(size);
    payload.write(CONNECTION, sequence, 0, size, bytes);
  }

  @Benchmark
  public ByteBuffer write() {
    payload.write(CONNECTION, sequence++, 0, size, bytes.clear());
    return bytes;
  }

  /** The same reply each time. */
  @Benchmark
  public ByteBuffer match() {
    if (payload.match(CONNECTION, 0, 0, size, bytes.clear()) != size) {
      throw new AssertionError("no match");
    }
    return bytes;
  }

  /** All of it: a request is begun and written, its echo verified, and it is settled. */
  @Benchmark
  public int writeAndVerify() {
    envelope.write(CONNECTION, awaited.begin(0), 0, size, bytes.clear());
    verifier.take(bytes.flip());
    return awaited.count();
  }

  /** Settles requests as a session does. */
  private record Settling(InFlight awaited) implements Replies {
    @Override
    public void onRight(long sequence) {
      awaited.settle(sequence);
    }

    @Override
    public void onWrong(long sequence, Wrong wrong) {
      throw new AssertionError(wrong + " " + sequence);
    }

    @Override
    public void onUnawaited(long sequence) {
      throw new AssertionError("again " + sequence);
    }

    @Override
    public void onStray(Wrong wrong) {
      throw new AssertionError("stray " + wrong);
    }

    @Override
    public void onUnusable() {
      throw new AssertionError("unusable");
    }
  }
}
