package io.sounder.server.tls;

import java.nio.ByteBuffer;
import java.util.function.IntConsumer;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSession;

/**
 * The JDK's engine, and a bound on what a peer can have it do for nothing, which the JDK does not
 * have: it takes any number of records that bring no data. To change keys (RFC 8446, section 4.6.3)
 * takes a peer 27 bytes, and us 50 us or more, so that a turn full of that would take half a
 * second. Belongs to the connection's owner.
 */
final class GuardedEngine extends SSLEngine {
  /**
   * More than any handshake has. Each record of one makes the JDK copy what it has of an unfinished
   * message, up to 32 KiB.
   */
  static final int MOST_HANDSHAKE_RECORDS = 256;

  /**
   * Of records that bring nothing, in one turn: 23 to 37 changes of keys, where each has a record
   * of its own. Nobody needs more than one now and then.
   */
  static final int MOST_IDLE_BYTES_PER_TURN = 1 << 10;

  /** Of these, one after the other: so much the JDK may keep of a message that is never whole. */
  static final int MOST_IDLE_BYTES = 4 << 10;

  private final SSLEngine engine;
  private final IntConsumer onHandshakeBytes;
  private boolean secured;
  private int handshakeRecords;
  private int idleBytesOfTurn;
  private int idleBytes; // since the last data

  /**
   * A guard for an engine that has not begun.
   *
   * @param onHandshakeBytes told how many bytes it takes in for the handshake: of an unfinished
   *     message the JDK keeps them
   */
  GuardedEngine(SSLEngine engine, IntConsumer onHandshakeBytes) {
    this.engine = engine;
    this.onHandshakeBytes = onHandshakeBytes;
  }

  /** The handshake is over. */
  void onSecured() {
    secured = true;
  }

  void beginTurn() {
    idleBytesOfTurn = 0;
  }

  @Override
  public SSLEngineResult unwrap(ByteBuffer src, ByteBuffer[] dsts, int offset, int length)
      throws SSLException {
    SSLEngineResult result = engine.unwrap(src, dsts, offset, length);
    if (result.bytesProduced() > 0) {
      idleBytes = 0;
    } else if (result.bytesConsumed() > 0) {
      onRecordWithoutData(result.bytesConsumed());
    }
    return result;
  }

  private void onRecordWithoutData(int bytes) throws SSLException {
    if (!secured) {
      handshakeRecords++;
      onHandshakeBytes.accept(bytes);
    } else {
      idleBytesOfTurn += bytes;
      idleBytes += bytes;
    }
    if (handshakeRecords > MOST_HANDSHAKE_RECORDS) {
      throw new SSLException("a handshake of more than " + MOST_HANDSHAKE_RECORDS + " records");
    }
    if (idleBytesOfTurn > MOST_IDLE_BYTES_PER_TURN || idleBytes > MOST_IDLE_BYTES) {
      throw new SSLException("too many records that bring nothing");
    }
  }

  // From here on: the engine's own.

  @Override
  public SSLEngineResult wrap(ByteBuffer[] srcs, int offset, int length, ByteBuffer dst)
      throws SSLException {
    return engine.wrap(srcs, offset, length, dst);
  }

  @Override
  public void beginHandshake() throws SSLException {
    engine.beginHandshake();
  }

  @Override
  public HandshakeStatus getHandshakeStatus() {
    return engine.getHandshakeStatus();
  }

  @Override
  public Runnable getDelegatedTask() {
    return engine.getDelegatedTask();
  }

  @Override
  public void closeInbound() throws SSLException {
    engine.closeInbound();
  }

  @Override
  public boolean isInboundDone() {
    return engine.isInboundDone();
  }

  @Override
  public void closeOutbound() {
    engine.closeOutbound();
  }

  @Override
  public boolean isOutboundDone() {
    return engine.isOutboundDone();
  }

  @Override
  public SSLSession getSession() {
    return engine.getSession();
  }

  @Override
  public SSLSession getHandshakeSession() {
    return engine.getHandshakeSession();
  }

  @Override
  public SSLParameters getSSLParameters() {
    return engine.getSSLParameters();
  }

  @Override
  public void setSSLParameters(SSLParameters parameters) {
    engine.setSSLParameters(parameters);
  }

  @Override
  public String[] getSupportedCipherSuites() {
    return engine.getSupportedCipherSuites();
  }

  @Override
  public String[] getEnabledCipherSuites() {
    return engine.getEnabledCipherSuites();
  }

  @Override
  public void setEnabledCipherSuites(String[] suites) {
    engine.setEnabledCipherSuites(suites);
  }

  @Override
  public String[] getSupportedProtocols() {
    return engine.getSupportedProtocols();
  }

  @Override
  public String[] getEnabledProtocols() {
    return engine.getEnabledProtocols();
  }

  @Override
  public void setEnabledProtocols(String[] protocols) {
    engine.setEnabledProtocols(protocols);
  }

  @Override
  public void setUseClientMode(boolean mode) {
    engine.setUseClientMode(mode);
  }

  @Override
  public boolean getUseClientMode() {
    return engine.getUseClientMode();
  }

  @Override
  public void setNeedClientAuth(boolean need) {
    engine.setNeedClientAuth(need);
  }

  @Override
  public boolean getNeedClientAuth() {
    return engine.getNeedClientAuth();
  }

  @Override
  public void setWantClientAuth(boolean want) {
    engine.setWantClientAuth(want);
  }

  @Override
  public boolean getWantClientAuth() {
    return engine.getWantClientAuth();
  }

  @Override
  public void setEnableSessionCreation(boolean flag) {
    engine.setEnableSessionCreation(flag);
  }

  @Override
  public boolean getEnableSessionCreation() {
    return engine.getEnableSessionCreation();
  }
}
