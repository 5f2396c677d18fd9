package io.sounder.client.load.verify;

import io.sounder.protocol.endpoint.TargetSpec;
import io.sounder.protocol.framing.Decoder;
import io.sounder.protocol.framing.FrameWriter;
import io.sounder.protocol.framing.Message;
import io.sounder.protocol.payload.Payload;
import io.sounder.protocol.reply.BufferSink;
import io.sounder.protocol.reply.Exchange;
import io.sounder.protocol.reply.Placeholder;
import io.sounder.protocol.reply.Reply;
import io.sounder.protocol.reply.Whoami;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Answers one run's requests as a server does, request by request. */
final class Peer {
  static final int RUN = 77;

  final TargetSpec target;
  final Payload payload;
  final Envelope request;

  Peer(String url, int payloadBytes) {
    target = TargetSpec.parse(url);
    payload = new Payload(RUN, payloadBytes);
    request = Envelope.framed(payload, target.conversation().framing());
  }

  Verification verification(boolean pipelined) {
    return new Verification(target.endpoint().scheme(), target.conversation(), payload, pipelined);
  }

  byte[] request(int connection, long sequence) {
    ByteBuffer bytes = ByteBuffer.allocate(request.length());
    request.write(connection, sequence, 0, request.length(), bytes);
    return bytes.array();
  }

  /** The whole reply on the wire to one request. */
  byte[] reply(int connection, long sequence) {
    Reply reply = target.conversation().newReply(target.endpoint().scheme());
    Decoder decoder = target.conversation().framing().newDecoder(1 << 20);
    Message message = new Message();
    ByteBuffer bytes = ByteBuffer.wrap(request(connection, sequence));
    decoder.decodeDatagram(bytes, message);
    BufferSink out = new BufferSink(64);
    new FrameWriter(target.conversation().framing())
        .writeReply(reply, bytes.clear(), message, new Context(sequence + 1), out);
    return out.toByteArray();
  }

  static byte[] join(byte[]... parts) {
    BufferSink out = new BufferSink(64);
    for (byte[] part : parts) {
      out.put(part);
    }
    return out.toByteArray();
  }

  private record Context(long number) implements Exchange {
    @Override
    public byte[] value(Placeholder placeholder) {
      return "somebody:1".getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public byte[] whoami() {
      return Whoami.json("127.0.0.1:5", "127.0.0.1:6", "tcp://[::]:6", "box");
    }

    @Override
    public long epochSecond() {
      return 1_790_000_000L;
    }
  }
}
