package io.sounder.client.time;

import io.sounder.client.net.DatagramLink;
import io.sounder.client.net.Deadline;
import io.sounder.client.net.Dialer;
import io.sounder.client.net.NanoClock;
import io.sounder.client.net.StreamConnection;
import io.sounder.client.outcome.ClientFailure;
import io.sounder.client.outcome.ErrorClass;
import io.sounder.protocol.endpoint.TargetSpec;
import io.sounder.protocol.endpoint.Units;
import java.nio.ByteBuffer;

/** One question to a time server; the answer as it came, whatever its size. */
final class TimeQuery {
  private static final long UDP_WAIT_NANOS = 1_000_000_000L;
  private static final long STREAM_WAIT_NANOS = 5_000_000_000L;
  private static final int MAX_ANSWER_BYTES = 64 << 10; // more is wrong in any case

  private final TargetSpec target;
  private final Dialer dialer;

  TimeQuery(TargetSpec target, Dialer dialer) {
    this.target = target;
    this.dialer = dialer;
  }

  /** Sends an empty datagram, and again so long as nothing comes. */
  byte[] overUdp(int attempts) {
    try (DatagramLink link = dialer.open(target)) {
      ByteBuffer buffer = ByteBuffer.allocate(MAX_ANSWER_BYTES);
      for (int attempt = 1; attempt <= attempts; attempt++) {
        link.send(ByteBuffer.allocate(0));
        Deadline deadline = Deadline.after(NanoClock.SYSTEM, UDP_WAIT_NANOS);
        if (link.receive(buffer, deadline) != DatagramLink.NOTHING) {
          return received(buffer);
        }
      }
      throw noAnswer(
          ErrorClass.REPLY_TIMEOUT,
          "nothing came for "
              + attempts
              + (attempts == 1 ? " datagram" : " datagrams")
              + ", after "
              + Units.durationText(UDP_WAIT_NANOS)
              + " each; try --retries, or TCP");
    }
  }

  /** Connects, and reads until the server closes. */
  byte[] overStream() {
    try (StreamConnection connection = dialer.connect(target)) {
      ByteBuffer buffer = ByteBuffer.allocate(MAX_ANSWER_BYTES);
      Deadline deadline = Deadline.after(NanoClock.SYSTEM, STREAM_WAIT_NANOS);
      while (buffer.hasRemaining()) {
        int read = connection.read(buffer, deadline);
        if (read > 0) {
          continue;
        }
        if (buffer.position() == 0) {
          throw read == StreamConnection.END
              ? noAnswer(ErrorClass.CLOSED_EARLY, "the server closed without a byte")
              : noAnswer(
                  ErrorClass.REPLY_TIMEOUT,
                  "connected, but nothing came within " + Units.durationText(STREAM_WAIT_NANOS));
        }
        break;
      }
      return received(buffer);
    }
  }

  private ClientFailure noAnswer(ErrorClass errorClass, String why) {
    return new ClientFailure(
        errorClass, "no answer from " + target.endpoint() + ": " + errorClass.text() + ": " + why);
  }

  private static byte[] received(ByteBuffer buffer) {
    byte[] answer = new byte[buffer.position()];
    buffer.get(0, answer);
    return answer;
  }
}
