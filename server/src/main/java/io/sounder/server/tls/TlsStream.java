package io.sounder.server.tls;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SocketChannel;
import java.util.function.Function;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;
import tlschannel.NeedsReadException;
import tlschannel.NeedsTaskException;
import tlschannel.NeedsWriteException;
import tlschannel.ServerTlsChannel;

/**
 * TLS on one socket, as turns want it: reads and writes that give a count and never wait, and what
 * is left over inside afterwards. It belongs to the connection's owner, and closes no socket.
 *
 * <p>What has been written was encrypted; the socket may be behind by one record, which is then
 * {@link #isOutputPending pending}. A failure is an {@link SSLException}; after one, only {@link
 * #fail} and {@link #close} make sense.
 */
public final class TlsStream implements ByteChannel {
  /** How far an attempt to shake hands came. */
  public enum Handshake {
    DONE,
    /** The peer must send more, or take more if output is pending. */
    UNFINISHED,
    /** The peer has left. */
    GIVEN_UP
  }

  /** The most that a record brings (RFC 8446, section 5.1). */
  private static final int RECORD_BYTES = 1 << 14;

  private static final int MOST_ALERTS = 4; // there is one

  /**
   * What a handshake takes beside our buffers and what it was sent: 16 KB (measured with Java 17).
   */
  static final int HANDSHAKE_BYTES = 16 << 10;

  /** What a secured connection takes beside our buffers: 7.4 KB (measured with Java 17). */
  static final int SECURED_BYTES = 8 << 10;

  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

  private final BufferSource source;
  private final Wire wire;
  private final CipherBuffers encrypted;
  private final PlainBuffers decrypted;
  private final ServerTlsChannel channel;

  private GuardedEngine guard; // made with the first turn
  private boolean readsOneRecord;
  private boolean outputPending;
  private boolean inputBuffered;
  private boolean recordBegun;
  private boolean failed;
  private volatile String version; // null until the handshake is over
  private int charged;

  TlsStream(
      SocketChannel socket,
      SSLContext context,
      Function<SSLContext, SSLEngine> engines,
      BufferSource source) {
    this.source = source;
    this.wire = new Wire(socket);
    this.encrypted = new CipherBuffers(source);
    this.decrypted = new PlainBuffers(source);
    this.channel =
        ServerTlsChannel.newBuilder(wire, context)
            .withEngineFactory(
                shared -> guard = new GuardedEngine(engines.apply(shared), this::charge))
            .withRunTasks(false)
            .withPlainBufferAllocator(decrypted)
            .withEncryptedBufferAllocator(encrypted)
            .withReleaseBuffers(true)
            .build();
    charge(HANDSHAKE_BYTES);
  }

  private void charge(int bytes) {
    source.charge(bytes);
    charged += bytes;
  }

  /**
   * Goes on with the handshake, and computes what is to be computed for it, which takes
   * milliseconds.
   */
  public Handshake handshake() throws IOException {
    wire.beginTurn();
    while (true) {
      try {
        channel.handshake();
        onSecured();
        return Handshake.DONE;
      } catch (NeedsTaskException e) {
        e.getTask().run();
      } catch (NeedsReadException e) {
        outputPending = false;
        return Handshake.UNFINISHED;
      } catch (NeedsWriteException e) {
        outputPending = true;
        return Handshake.UNFINISHED;
      } catch (ClosedChannelException e) {
        return Handshake.GIVEN_UP;
      } catch (IllegalStateException e) {
        throw tooLong(e);
      }
    }
  }

  /** What is spoken, such as {@code TLSv1.3}; null before the end of the handshake. Any thread. */
  public String version() {
    return version;
  }

  private void onSecured() {
    outputPending = false;
    guard.onSecured();
    version = guard.getSession().getProtocol();
    readsOneRecord = version.equals("TLSv1.2");
    source.refund(charged - SECURED_BYTES);
    charged = SECURED_BYTES;
  }

  /**
   * Reads what there is, up to the buffer's end.
   *
   * <p>Up to TLS 1.2 it gives one record at a time: there the end of the peer's data forbids us to
   * send what we have not yet encrypted (RFC 5246, section 7.2.1), so that it must not be seen
   * before what came before it was answered.
   *
   * @return how many bytes, 0 if there are none now, -1 at the end; then see {@link #isEndProper}
   */
  @Override
  public int read(ByteBuffer into) throws IOException {
    wire.beginTurn();
    guard.beginTurn();
    int start = into.position();
    inputBuffered = false;
    recordBegun = false;
    try {
      do {
        if (channel.read(into) < 0) {
          inputBuffered = into.position() > start; // the end is to be seen next
          return inputBuffered ? into.position() - start : -1;
        }
      } while (!readsOneRecord && isHolding() && into.remaining() >= RECORD_BYTES);
      inputBuffered = isHolding();
    } catch (NeedsReadException e) {
      recordBegun = isHolding();
    } catch (NeedsWriteException e) {
      outputPending = true;
    } catch (NeedsTaskException e) {
      throw new SSLException("the peer wants to negotiate again, which is refused", e);
    } catch (IllegalStateException e) {
      throw tooLong(e);
    }
    return into.position() - start;
  }

  private boolean isHolding() {
    return !encrypted.isEmpty() || !decrypted.isEmpty();
  }

  private static SSLException tooLong(IllegalStateException e) {
    return new SSLException("a record is longer than any may be", e);
  }

  /**
   * Encrypts and writes.
   *
   * @return how many bytes were encrypted; the rest was left, unless the peer must not be sent
   *     anything any more: then it is skipped, and does not count
   */
  @Override
  public int write(ByteBuffer bytes) throws IOException {
    int start = bytes.position();
    try {
      channel.write(bytes);
      outputPending = false;
      int written = bytes.position() - start;
      bytes.position(bytes.limit());
      return written;
    } catch (NeedsWriteException e) {
      outputPending = true;
      return bytes.position() - start;
    }
  }

  /** Writes what was encrypted and what is left of the farewell, as far as the socket takes it. */
  public void flush() throws IOException {
    if (channel.shutdownSent()) {
      wire.flushRest();
    } else {
      write(NOTHING.duplicate());
    }
  }

  /** Whether the socket has not taken all yet; {@link #flush} when it does. */
  public boolean isOutputPending() {
    return outputPending || wire.holdsRest();
  }

  /** Whether the last read left something inside that no event will announce. */
  public boolean isInputBuffered() {
    return inputBuffered;
  }

  /** Whether the last read found more than it could take, inside or, as far as can be told, not. */
  public boolean mayHaveMore() {
    return inputBuffered || wire.hasMore();
  }

  /** Whether the last read ended inside a record. */
  public boolean isRecordBegun() {
    return recordBegun;
  }

  /** Whether the peer itself said that it sends no more; otherwise anyone may have cut it short. */
  public boolean isEndProper() {
    return channel.shutdownReceived();
  }

  /** Whether the peer has sent anything so far. */
  public boolean hasReceived() {
    return wire.everRead();
  }

  /** Whether bytes went over the wire since this was asked for the last time. */
  public boolean pollMoved() {
    return wire.pollMoved();
  }

  /**
   * Says that we send no more.
   *
   * @return whether that is on its way; otherwise the socket must take more first, then again
   */
  public boolean sayFarewell() throws IOException {
    if (failed) {
      return true;
    }
    if (!channel.shutdownSent()) {
      wire.beginClosing();
      channel.shutdown();
      outputPending = false;
    }
    return wire.flushRest();
  }

  /** After a failure: tells the peer what it was, if the socket takes that, and gives up. */
  public void fail() {
    failed = true;
    if (!outputPending) {
      sendAlert();
    }
    outputPending = false;
    inputBuffered = false;
  }

  /** The library does not send it. */
  private void sendAlert() {
    SSLEngine engine = channel.getSslEngine();
    if (engine == null) {
      return;
    }
    ByteBuffer alert = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
    try {
      for (int i = 0;
          i < MOST_ALERTS && engine.getHandshakeStatus() == HandshakeStatus.NEED_WRAP;
          i++) {
        engine.wrap(NOTHING.duplicate(), alert);
      }
      wire.write(alert.flip());
    } catch (IOException e) {
      failed = true; // it learns from the end of the stream that it failed, but not why
    }
  }

  /** How much memory it holds: buffers, and what it is charged for beside them. */
  public int heldBytes() {
    return charged + encrypted.heldBytes() + decrypted.heldBytes();
  }

  @Override
  public boolean isOpen() {
    return wire.isOpen();
  }

  /** Gives back what it holds, and writes nothing. The socket stays open. */
  @Override
  public void close() throws IOException {
    source.refund(charged);
    charged = 0;
    wire.seal();
    channel.close();
  }
}
