package io.sounder.client.wire;

import io.sounder.client.tls.TlsContext;
import io.sounder.client.tls.TlsFailure;
import java.io.IOException;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSession;
import tlschannel.ClientTlsChannel;
import tlschannel.NeedsReadException;
import tlschannel.NeedsWriteException;
import tlschannel.TlsChannel;
import tlschannel.TlsChannelFlowControlException;

/**
 * TLS over a socket. The handshake comes first; what it needs to compute is computed by the thread
 * that asks for it.
 */
public final class TlsWire implements Wire {
  private static final String WITH_HALF_CLOSE = "TLSv1.3";
  private static final int RECORD_BYTES = 17 << 10;

  /**
   * How much is read from the socket at once: records that carry nothing would otherwise keep
   * whoever reads from ever looking at the time.
   */
  private static final long TURN_BYTES = 128 << 10;

  private final TlsContext context;
  private final SocketTap tap;
  private final SSLEngine engine;
  private final TlsChannel channel;

  private boolean filled; // by the last read: more may be decrypted, or wait to be
  private boolean ended; // the peer has said so
  private IOException failure; // told when what came before it has been read
  private boolean unflushed; // a record did not go out whole
  private ByteBuffer closeNotify; // while it goes out, and afterwards
  private ByteBuffer early; // what came while we waited for the server's verdict

  TlsWire(SocketChannel socket, TlsContext context, RecordBuffers buffers) {
    this.context = context;
    this.tap = new SocketTap(socket);
    this.engine = context.newEngine();
    this.channel =
        ClientTlsChannel.newBuilder(tap, engine).withEncryptedBufferAllocator(buffers).build();
  }

  /**
   * Goes on with the handshake.
   *
   * @return what to wait for, {@link SelectionKey#OP_READ} or {@link SelectionKey#OP_WRITE}; 0 when
   *     it is done
   * @throws TlsFailure if it failed, for whatever reason
   */
  synchronized int handshake() throws TlsFailure {
    tap.beginTurn(RECORD_BYTES); // what a server says there is shorter
    try {
      channel.handshake();
      filled = true; // with the end of the handshake more may have come
      return 0;
    } catch (NeedsReadException e) {
      return SelectionKey.OP_READ;
    } catch (NeedsWriteException e) {
      return SelectionKey.OP_WRITE;
    } catch (IOException e) {
      sendAlert();
      throw context.explain(e, true);
    }
  }

  /** Whether anything at all has come from the peer. */
  boolean hasHeardPeer() {
    return tap.received() > 0;
  }

  /** The library gives the engine up without its last word, which tells the server's log why. */
  private void sendAlert() {
    try {
      ByteBuffer alert = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
      engine.wrap(ByteBuffer.allocate(0), alert);
      tap.write(alert.flip());
    } catch (IOException e) {
      return; // the peer is gone, and what went wrong is told anyway
    }
  }

  /**
   * Whether the server may yet refuse our certificate, or that there is none: under TLS 1.3 it says
   * so after our side of the handshake is over.
   */
  boolean awaitsVerdict() {
    return context.serverAsksForCertificate() && session().getProtocol().equals(WITH_HALF_CLOSE);
  }

  /**
   * Looks for the server's verdict: whatever it sends is one.
   *
   * @return whether something came that was no refusal
   * @throws TlsFailure if the server refuses us
   */
  synchronized boolean hearsVerdict() throws TlsFailure {
    if (early == null) {
      early = ByteBuffer.allocate(RECORD_BYTES).limit(0);
    }
    long before = tap.received();
    tap.beginTurn(TURN_BYTES);
    early.compact();
    try {
      if (channel.read(early) > 0) {
        return true;
      }
      if (channel.shutdownReceived()) {
        ended = true;
        return true;
      }
      throw new ClosedChannelException();
    } catch (TlsChannelFlowControlException e) {
      return tap.received() > before;
    } catch (IOException e) {
      throw context.explain(e, true);
    } finally {
      early.flip();
    }
  }

  @Override
  public synchronized int read(ByteBuffer bytes) throws IOException {
    return read(bytes, TURN_BYTES);
  }

  private int read(ByteBuffer bytes, long mostFromSocket) throws IOException {
    int start = bytes.position();
    tap.beginTurn(mostFromSocket);
    takeEarly(bytes);
    if (failure == null) {
      readRecords(bytes);
    }
    filled = !bytes.hasRemaining();
    int read = bytes.position() - start;
    if (read > 0) {
      return read;
    }
    if (failure != null) {
      throw failure;
    }
    return ended ? END : 0;
  }

  private void takeEarly(ByteBuffer bytes) {
    if (early != null) {
      while (early.hasRemaining() && bytes.hasRemaining()) {
        bytes.put(early.get());
      }
      if (!early.hasRemaining()) {
        early = null;
      }
    }
  }

  private void readRecords(ByteBuffer bytes) {
    try {
      while (!ended && bytes.hasRemaining()) {
        if (channel.read(bytes) < 0) {
          onEnd();
          return;
        }
      }
    } catch (NeedsReadException e) {
      return; // the socket is empty, or this turn is over
    } catch (NeedsWriteException e) {
      unflushed = true; // an answer within the protocol
    } catch (SSLException e) {
      failure = context.explain(e, false);
    } catch (IOException e) {
      failure = e;
    }
  }

  /** Without the peer's word that this is all, somebody on the way may have cut it off. */
  private void onEnd() {
    if (channel.shutdownReceived()) {
      ended = true;
    } else {
      failure =
          new TlsFailure(
              "truncated: the connection ended without close_notify; the server broke off,"
                  + " or somebody on the way did");
    }
  }

  @Override
  public synchronized boolean hasMore() {
    return filled || ended || failure != null || early != null;
  }

  @Override
  public synchronized int readWaiting(ByteBuffer bytes) throws IOException {
    return read(bytes, 0);
  }

  @Override
  public synchronized int write(ByteBuffer bytes) throws IOException {
    boolean closed = ended && !canEndSending(); // in both directions: RFC 5246, section 7.2.1
    if (closed || closeNotify != null) {
      throw new SocketException("Broken pipe (the TLS connection is closed)");
    }
    int start = bytes.position();
    encrypt(bytes);
    return bytes.position() - start;
  }

  private void encrypt(ByteBuffer bytes) throws IOException {
    try {
      channel.write(bytes);
      unflushed = false;
    } catch (NeedsWriteException e) {
      unflushed = true; // bytes may have been taken all the same
    } catch (NeedsReadException e) {
      unflushed = false;
    } catch (SSLException e) {
      throw context.explain(e, false);
    }
  }

  @Override
  public synchronized boolean flush() throws IOException {
    if (unflushed) {
      encrypt(ByteBuffer.allocate(0));
    }
    return !unflushed;
  }

  @Override
  public boolean canEndSending() {
    return session().getProtocol().equals(WITH_HALF_CLOSE);
  }

  /** The library would not read after its own close_notify; so this one is sent past it. */
  @Override
  public synchronized boolean endSending() throws IOException {
    if (!flush()) {
      return false;
    }
    if (closeNotify == null) {
      engine.closeOutbound();
      closeNotify = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
      engine.wrap(ByteBuffer.allocate(0), closeNotify);
      closeNotify.flip();
    }
    tap.write(closeNotify);
    return !closeNotify.hasRemaining();
  }

  /** What was negotiated. */
  public SSLSession session() {
    return engine.getSession();
  }

  /** Whether chain and name of the server were verified. */
  public boolean isVerified() {
    return context.verifies();
  }

  /** For which name, and by whom, in words. */
  public String verification() {
    return context.verification();
  }

  /** Whether the server has asked for our certificate. */
  public boolean wasAskedForCertificate() {
    return context.serverAsksForCertificate();
  }

  @Override
  public SocketChannel socket() {
    return tap.socket();
  }

  @Override
  public synchronized void close() throws IOException {
    channel.close();
  }
}
