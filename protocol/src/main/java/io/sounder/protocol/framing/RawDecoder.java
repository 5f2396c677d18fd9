package io.sounder.protocol.framing;

import java.nio.ByteBuffer;

/** What one read gives is one message. */
final class RawDecoder implements Decoder {
  static final RawDecoder INSTANCE = new RawDecoder();

  private RawDecoder() {}

  @Override
  public Outcome decode(ByteBuffer bytes, Message message) {
    return bytes.hasRemaining() ? decodeDatagram(bytes, message) : Outcome.INCOMPLETE;
  }

  @Override
  public Outcome finish(ByteBuffer bytes, Message message) {
    return decode(bytes, message);
  }

  @Override
  public int bytesNeeded(ByteBuffer bytes) {
    return 1;
  }

  @Override
  public Outcome decodeDatagram(ByteBuffer bytes, Message message) {
    message.set(bytes.position(), bytes.limit(), bytes.limit());
    bytes.position(bytes.limit());
    return Outcome.MESSAGE;
  }
}
