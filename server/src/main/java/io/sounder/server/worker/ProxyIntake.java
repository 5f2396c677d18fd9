package io.sounder.server.worker;

import io.sounder.protocol.proxy.ProxyHeader;
import io.sounder.protocol.proxy.ProxyHeaderReader;
import io.sounder.server.connection.Connection;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Takes the PROXY header off a connection, and not a byte more: what follows it, be it a message or
 * a TLS handshake, is left in the socket for whoever reads on. That takes 3 to 7 reads per
 * connection. One object serves one thread.
 */
final class ProxyIntake {
  /** What came of it. */
  enum Result {
    HEADER,
    /** The rest of it has not arrived. */
    INCOMPLETE,
    /** It is none, is not to be used, or was cut off; {@link #problem} says why. */
    MALFORMED,
    /** The peer has left without a byte, as those do who only look whether somebody listens. */
    NOTHING
  }

  private final ByteBuffer bytes = ByteBuffer.allocateDirect(ProxyHeaderReader.MAX_HEADER_BYTES);
  private final ProxyHeaderReader reader = new ProxyHeaderReader();
  private final BufferPool pool;
  private int received;
  private String problem;

  ProxyIntake(BufferPool pool) {
    this.pool = pool;
  }

  /** Reads on; what there is of an unfinished header is kept with the connection. */
  Result read(Connection connection) throws IOException {
    takeUp(connection);
    received = 0;
    ProxyHeaderReader.Outcome outcome;
    int count;
    do {
      int have = bytes.position();
      int needed = ProxyHeaderReader.bytesNeeded(bytes.flip());
      count = connection.channel().read(bytes.limit(needed).position(have));
      received += Math.max(0, count);
      outcome = reader.read(bytes.flip());
      bytes.position(bytes.limit());
    } while (outcome == ProxyHeaderReader.Outcome.INCOMPLETE && count > 0);
    problem = reader.problem();
    return switch (outcome) {
      case HEADER -> Result.HEADER;
      case MALFORMED -> Result.MALFORMED;
      case INCOMPLETE -> count < 0 ? atEnd() : keep(connection);
    };
  }

  private void takeUp(Connection connection) {
    bytes.clear();
    ByteBuffer held = connection.input();
    if (held != null) {
      bytes.put(held.flip());
      connection.input(null);
      pool.give(held);
    }
  }

  private Result keep(Connection connection) {
    if (bytes.flip().hasRemaining()) {
      connection.input(pool.take(bytes.remaining()).put(bytes));
    }
    return Result.INCOMPLETE;
  }

  private Result atEnd() {
    problem = "it is cut off";
    return bytes.position() == 0 ? Result.NOTHING : Result.MALFORMED;
  }

  /** How many bytes the last call has read. */
  int received() {
    return received;
  }

  ProxyHeader header() {
    return reader.header();
  }

  /** What is wrong with a malformed one. */
  String problem() {
    return problem;
  }
}
