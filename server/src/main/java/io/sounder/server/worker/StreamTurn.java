package io.sounder.server.worker;

import io.sounder.protocol.framing.Decoder;
import io.sounder.protocol.framing.Message;
import io.sounder.protocol.reply.Exchange;
import io.sounder.server.connection.CloseReason;
import io.sounder.server.connection.Connection;
import io.sounder.server.connection.Listener;
import io.sounder.server.connection.Phase;
import io.sounder.server.count.Tally;
import io.sounder.server.tls.TlsStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import javax.net.ssl.SSLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One owner's turn with a stream connection: flush what is left, decode and answer what is held,
 * read once, decode, answer, write, and let go. One object serves one thread, with the thread's
 * buffers.
 *
 * <p>While replies wait for the peer, nothing is decoded and nothing is read: what a peer sends can
 * make us hold one read's worth of input and the replies to it that were made before the socket was
 * full, but no more.
 */
final class StreamTurn {
  private static final Logger LOG = LoggerFactory.getLogger(StreamTurn.class);

  /** How an attempt to answer what was received came out. */
  private enum Answered {
    /** All whole messages were answered. */
    ALL,
    /** Whole messages may be left: the peer takes no more, or the turn was long enough. */
    SOME,
    /** We will close; what is left is not looked at. */
    PARTED
  }

  private final TurnContext context;
  private final Inbound inbound;
  private final PlainOutbound plain;
  private final Handback handback;
  private FaultyOutbound faulty; // made for the first connection that needs it
  private ProxyIntake proxyIntake; // likewise
  private final Message message = new Message();
  private Connection connection;
  private Outbound outbound;
  private boolean introduced;
  private long nowNanos;
  private boolean isLast; // when it was to end before the turn began, so that all was sent
  private long messages;
  private long replies;
  private long received;

  StreamTurn(TurnContext context) {
    this.context = context;
    this.inbound = new Inbound(context.pool());
    this.plain = new PlainOutbound(context.pool());
    this.handback = new Handback(context);
  }

  /**
   * Takes a connection that the caller has claimed, and lets go of it.
   *
   * @param share where it counts what it did
   * @return how many replies it made
   */
  long run(Connection claimed, long startNanos, Tally share) {
    connection = claimed;
    nowNanos = startNanos;
    introduced = false;
    isLast = context.isDraining() || claimed.listener().isRemoved();
    messages = 0;
    replies = 0;
    received = 0;
    outbound = wayOut(claimed.listener());
    outbound.begin(claimed);
    try {
      advance();
    } catch (IOException e) {
      onBroken(e);
    } catch (UncheckedIOException e) {
      onBroken(e.getCause());
    } catch (BufferPool.BudgetExceeded e) {
      LOG.debug("closed {}: {}", claimed, e.getMessage());
      close(CloseReason.BUFFER_BUDGET);
    } catch (OutOfMemoryError e) {
      closeForWantOfMemory(e);
    } catch (RuntimeException | StackOverflowError e) {
      LOG.error("closed {} after a defect of ours", claimed, e);
      close(CloseReason.INTERNAL_ERROR);
    } finally {
      context.tally().add(messages, replies, received, outbound.written());
      share.add(messages, replies, received, outbound.written());
    }
    return replies;
  }

  private void closeForWantOfMemory(OutOfMemoryError e) {
    if (!DirectMemory.isWanted(e)) {
      throw e;
    }
    LOG.debug("closed {}: {}", connection, e.getMessage());
    close(CloseReason.DIRECT_MEMORY);
    context.reactions().requestAcceptPause();
  }

  private Outbound wayOut(Listener listener) {
    if (listener.faults() == null) {
      return plain;
    }
    if (faulty == null) {
      faulty = new FaultyOutbound(plain, context);
    }
    return faulty;
  }

  private void advance() throws IOException {
    if (connection.phase() == Phase.HANDSHAKE && !shakeHands()) {
      return;
    }
    boolean wasBlocked = outbound.isBlocked();
    outbound.flushPending();
    if (!outbound.isBlocked()) {
      if (wasBlocked) {
        connection.onMessageBegun(nowNanos); // the rest of it could not be read meanwhile
      }
      switch (connection.phase()) {
        case PROXY -> introduce();
        case GREETING -> {
          greet();
          converse();
        }
        case OPEN -> converse();
        case HANDSHAKE, FINISHING, PARTING, LINGERED, RESETTING -> {}
        case LINGERING -> discard();
      }
    }
    outbound.flush();
    noteProgress();
    if (connection.mustSeekEnd(nowNanos) && isAtItsEnd()) {
      close(CloseReason.HALF_CLOSE_TIMEOUT);
    } else {
      letGo();
    }
  }

  /**
   * Whether a peer that takes nothing has ended its side, as far as can be told: what it sent
   * before stands in the way, and is kept, but not much more than a read's worth of it. Behind that
   * there may be more on its way, so it is sought again soon, until there is nothing.
   */
  private boolean isAtItsEnd() throws IOException {
    int kept = 0;
    int count;
    do {
      count = inbound.readAhead(connection);
      kept += Math.max(0, count);
    } while (count > 0);
    received += kept;
    connection.traffic().add(nowNanos, kept, 0);
    if (connection.tls() != null) {
      connection.tls().pollMoved(); // that was no progress: the peer has taken nothing
    }
    if (kept == 0) {
      connection.onEndSought();
    }
    return count < 0;
  }

  /** Reads the PROXY header; then the reactor decides whether the peer that it names may stay. */
  private void introduce() throws IOException {
    if (proxyIntake == null) {
      proxyIntake = new ProxyIntake(context.pool());
    }
    switch (proxyIntake.read(connection)) {
      case HEADER -> {
        connection.onProxyHeader(proxyIntake.header());
        introduced = true;
      }
      case INCOMPLETE -> {
        if (isLast) {
          connection.part(whyLast());
        }
      }
      case MALFORMED -> {
        LOG.debug("PROXY header of {}: {}", connection, proxyIntake.problem());
        connection.part(CloseReason.PROXY_HEADER);
      }
      case NOTHING -> {
        connection.decideClose(CloseReason.PEER_CLOSED);
        connection.moveTo(Phase.FINISHING);
      }
    }
    received += proxyIntake.received();
  }

  /** Whether the conversation can begin; otherwise the connection was let go of. */
  private boolean shakeHands() throws IOException {
    TlsStream.Handshake outcome = Handshakes.advance(connection, context);
    noteProgress();
    if (outcome == TlsStream.Handshake.DONE) {
      return true;
    }
    if (outcome == TlsStream.Handshake.GIVEN_UP) {
      boolean begun = connection.tls().hasReceived();
      close(begun ? CloseReason.TLS_HANDSHAKE : CloseReason.PEER_CLOSED);
    } else if (isLast) {
      close(whyLast()); // nothing was asked yet
    } else {
      letGo();
    }
    return false;
  }

  private CloseReason whyLast() {
    return context.isDraining() ? CloseReason.DRAIN : CloseReason.LISTENER_REMOVED;
  }

  private void onBroken(IOException e) {
    if (e instanceof SSLException failure) {
      giveUpTls(failure);
    } else {
      close(CloseReason.RESET);
    }
  }

  /** TLS has failed: the peer was told why, and is left as with any close that we decide on. */
  private void giveUpTls(SSLException e) {
    CloseReason reason = Handshakes.fail(connection, e);
    if (outbound.isBlocked()) {
      close(reason); // what was to be sent cannot be any more
      return;
    }
    connection.part(reason);
    try {
      letGo();
    } catch (IOException gone) {
      close(reason);
    }
  }

  private void greet() throws IOException {
    Listener listener = connection.listener();
    if (listener.conversation().isTimeAtOnce(listener.endpoint().scheme())) {
      connection.decoder().decodeDatagram(inbound.nothing(), message); // it was not even asked
      outbound.reply(inbound.nothing(), message, connection.exchange());
      replies++;
      connection.part(CloseReason.CLOSE_AFTER);
    } else if (Greeter.greet(connection, outbound)) {
      connection.moveTo(Phase.OPEN);
      if (listener.conversation().closeAfter() == 0) {
        connection.part(CloseReason.CLOSE_AFTER);
      }
    }
  }

  /** Answers what is held and then what one read gives. */
  private void converse() throws IOException {
    if (connection.phase() != Phase.OPEN || outbound.isBlocked()) {
      return;
    }
    if (connection.isUndecoded() && answer(inbound.held(connection)) != Answered.ALL) {
      return;
    }
    boolean secure = connection.tls() != null;
    if (secure) {
      outbound.flush(); // what is read next may be the end of all writing
    }
    if (outbound.isBlocked()) {
      return; // a reply waits for its time
    }
    boolean wasBegun = secure && connection.tls().isRecordBegun();
    int count = inbound.read(connection);
    if (count > 0) {
      received += count;
      answer(inbound.received());
    } else if (count < 0) {
      finish();
    } else if (secure && !wasBegun && connection.input() == null) {
      connection.onMessageBegun(nowNanos); // if anything has, it is a record
    }
    if (isLast && !inbound.wasFilled() && !connection.isUndecoded()) {
      connection.part(whyLast());
    }
  }

  /** Answers the whole messages in the bytes, and keeps the rest with the connection. */
  private Answered answer(ByteBuffer bytes) throws IOException {
    Answered answered = answerMessages(bytes);
    boolean newMessageBegun = messages > 0 || connection.input() == null;
    inbound.keepRest(connection, answered == Answered.PARTED);
    connection.undecoded(answered == Answered.SOME && connection.input() != null);
    if (newMessageBegun) {
      connection.onMessageBegun(nowNanos);
    }
    return answered;
  }

  private Answered answerMessages(ByteBuffer bytes) throws IOException {
    Decoder decoder = connection.decoder();
    long workLeftNanos = Listener.ASSIST_NANOS;
    while (true) {
      switch (decoder.decode(bytes, message)) {
        case MESSAGE -> answerOne(bytes);
        case TOO_LONG -> {
          connection.part(CloseReason.FRAME_TOO_LONG);
          return Answered.PARTED;
        }
        case INCOMPLETE, TRUNCATED -> {
          return Answered.ALL;
        }
      }
      if (connection.phase() != Phase.OPEN) {
        return Answered.PARTED;
      }
      workLeftNanos -= connection.listener().workNanos();
      if (outbound.isFull() || outbound.isTurnOver() || workLeftNanos <= 0) {
        return Answered.SOME;
      }
    }
  }

  private void answerOne(ByteBuffer bytes) throws IOException {
    Listener listener = connection.listener();
    int limit = bytes.limit();
    messages++;
    if (context.observer().wants(listener)) {
      message.select(bytes);
      context.observer().onMessage(listener, connection::peerText, bytes);
    }
    if (listener.workNanos() > 0) {
      Work.burn(listener.workNanos(), context.clock(), context.pulse());
    }
    outbound.reply(bytes, message, nextExchange(listener));
    bytes.limit(limit).position(message.frameEnd());
    if (!listener.reply().isSilent()) {
      replies++;
    }
    connection.onMessageAnswered();
  }

  private Exchange nextExchange(Listener listener) throws IOException {
    if (!listener.usesExchange()) {
      return null; // such a reply depends on the message alone
    }
    connection.exchange().next();
    return connection.exchange();
  }

  /**
   * The peer has ended its side: an unfinished line is still a message, an unfinished frame is cut
   * off.
   */
  private void finish() throws IOException {
    CloseReason reason = CloseReason.PEER_CLOSED;
    ByteBuffer rest = inbound.held(connection);
    if (connection.tls() != null && !connection.tls().isEndProper()) {
      reason = CloseReason.TLS_TRUNCATED; // and what is left may have been meant to be more
      rest = inbound.nothing();
    }
    switch (connection.decoder().finish(rest, message)) {
      case MESSAGE -> answerOne(rest);
      case TRUNCATED -> reason = CloseReason.TRUNCATED;
      case TOO_LONG -> reason = CloseReason.FRAME_TOO_LONG;
      case INCOMPLETE -> {}
    }
    inbound.keepRest(connection, true);
    connection.decideClose(reason);
    if (connection.phase() == Phase.OPEN) {
      connection.moveTo(Phase.FINISHING);
    }
  }

  private void discard() throws IOException {
    int count = inbound.discard(connection);
    if (count < 0 || !connection.mayLingerOn(count)) {
      connection.moveTo(Phase.LINGERED);
    }
    received += Math.max(0, count);
  }

  private void noteProgress() {
    boolean moved = connection.tls() != null && connection.tls().pollMoved();
    if (received > 0 || outbound.written() > 0 || moved) {
      connection.onActive(nowNanos);
      connection.traffic().add(nowNanos, received, outbound.written());
    }
  }

  private void letGo() throws IOException {
    handback.letGo(connection, outbound.isBlocked(), introduced);
  }

  private void close(CloseReason reason) {
    handback.close(connection, reason);
  }
}
