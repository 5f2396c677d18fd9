package io.sounder.server.worker;

import io.sounder.protocol.framing.Message;
import io.sounder.protocol.reply.BufferSink;
import io.sounder.protocol.reply.Reply;
import io.sounder.server.connection.Addresses;
import io.sounder.server.connection.DatagramDrop;
import io.sounder.server.connection.DatagramPort;
import io.sounder.server.connection.Interest;
import io.sounder.server.connection.Listener;
import io.sounder.server.connection.Request;
import io.sounder.server.connection.SourceGuard;
import io.sounder.server.count.Tally;
import io.sounder.server.guard.LoopBreaker;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One owner's turn with a UDP socket: receive, guard, decode, reply, send, at most so many times,
 * and let go. A datagram gets one reply or none; what got none is counted by its reason. One object
 * serves one thread.
 */
final class DatagramTurn {
  private static final Logger LOG = LoggerFactory.getLogger(DatagramTurn.class);

  private static final int MAX_DATAGRAMS_PER_TURN =
      64; // a busy socket must not starve the connections
  private static final int MAX_PAYLOAD_BYTES = 65_507; // what IPv4 leaves beside its headers

  private final TurnContext context;
  private final ByteBuffer received = ByteBuffer.allocateDirect(DatagramOutbound.BUFFER_BYTES);
  private final BufferSink reply = new BufferSink(DatagramOutbound.BUFFER_BYTES);
  private final Message message = new Message();
  private final PlainDatagramOutbound plain = new PlainDatagramOutbound();
  private FaultyDatagramOutbound faulty; // made for the first socket that needs it

  private DatagramPort port;
  private DatagramOutbound outbound;
  private int datagrams;
  private long messages;
  private long bytesReceived;
  private long nowNanos; // when the turn began, for guards that count
  private boolean emptied; // whether the turn ended because there was nothing left to receive

  DatagramTurn(TurnContext context) {
    this.context = context;
  }

  /**
   * Takes a socket that the caller has claimed, and lets go of it.
   *
   * @param share where it counts what it did
   * @return how many replies it sent
   */
  long run(DatagramPort claimed, Tally share) {
    port = claimed;
    claimed.takeUpChange();
    outbound = wayOut(claimed.listener());
    messages = 0;
    bytesReceived = 0;
    datagrams = 0;
    emptied = true;
    nowNanos = claimed.guard().counts() ? context.clock().nanoTime() : 0;
    try {
      outbound.begin(claimed);
      if (!claimed.isEnding()) {
        receiveSome();
      }
    } catch (IOException e) {
      LOG.debug(
          "could not receive on {}: {}",
          claimed,
          e.toString()); // an error of the network; the socket stays
    } finally {
      context.counters().onDatagrams(datagrams);
      claimed.listener().counts().onDatagrams(datagrams);
      context.tally().add(messages, outbound.replies(), bytesReceived, outbound.written());
      share.add(messages, outbound.replies(), bytesReceived, outbound.written());
      letGo();
    }
    return outbound.replies();
  }

  private void receiveSome() throws IOException {
    long workLeftNanos = Listener.ASSIST_NANOS;
    while (receiveOne()) {
      datagrams++;
      workLeftNanos -= port.listener().workNanos();
      if (datagrams == MAX_DATAGRAMS_PER_TURN || workLeftNanos <= 0) {
        emptied = false;
        break;
      }
    }
  }

  private DatagramOutbound wayOut(Listener listener) {
    if (listener.faults() == null) {
      return plain;
    }
    if (faulty == null) {
      faulty = new FaultyDatagramOutbound(plain, context);
    }
    return faulty;
  }

  private boolean receiveOne() throws IOException {
    received.clear();
    InetSocketAddress source = (InetSocketAddress) port.channel().receive(received);
    if (source == null) {
      return false;
    }
    received.flip();
    bytesReceived += received.remaining();
    DatagramDrop drop = answerIfAllowed(source);
    if (drop != null) {
      context.counters().onDropped(drop);
      port.listener().counts().onDropped(drop);
    }
    return true;
  }

  /** A defect of ours in there costs this datagram, and is counted like any other drop. */
  private DatagramDrop answerIfAllowed(InetSocketAddress source) {
    try {
      DatagramDrop refusal = refusal(source);
      return refusal == null ? answer(source) : refusal;
    } catch (OutOfMemoryError e) {
      if (!DirectMemory.isWanted(e)) {
        throw e;
      }
      LOG.debug("dropped a datagram on {}: {}", port, e.getMessage());
      context.reactions().requestAcceptPause();
      return DatagramDrop.INTERNAL_ERROR;
    } catch (RuntimeException | StackOverflowError e) {
      LOG.error("dropped a datagram on {} after a defect of ours", port, e);
      return DatagramDrop.INTERNAL_ERROR;
    }
  }

  private DatagramDrop refusal(InetSocketAddress source) {
    SourceGuard guard = port.guard();
    DatagramDrop refusal = guard.refusal(source);
    if (refusal != null) {
      return refusal;
    }
    DatagramDrop loop = guard.loop(received, nowNanos);
    if (loop != null && guard.mustTellOfLoop()) {
      LOG.warn(
          "{} is in a packet loop with {}: the same datagram came more than {} times within a second; it gets no answer for {} s (whoever tests with one payload says loop-breaker=off)",
          port.listener(),
          Addresses.text(source),
          LoopBreaker.MOST_PER_SECOND,
          TimeUnit.NANOSECONDS.toSeconds(LoopBreaker.QUARANTINE_NANOS));
    }
    return loop;
  }

  /** Answers what was received, or says why not. */
  private DatagramDrop answer(InetSocketAddress source) {
    Listener listener = port.listener();
    int size = received.remaining();
    switch (port.decoder().decodeDatagram(received, message)) {
      case MESSAGE -> messages++;
      case TOO_LONG -> {
        return DatagramDrop.TOO_LONG;
      }
      case INCOMPLETE, TRUNCATED -> {
        return DatagramDrop.MALFORMED;
      }
    }
    Reply kind = listener.reply();
    DatagramDrop overLimit = kind.isSilent() ? null : port.guard().overLimit(nowNanos);
    if (overLimit != null) {
      return overLimit;
    }
    if (context.observer().wants(listener)) {
      message.select(received);
      context.observer().onMessage(listener, () -> Addresses.text(source), received);
    }
    if (listener.workNanos() > 0) {
      Work.burn(listener.workNanos(), context.clock(), context.pulse());
    }
    if (kind.isSilent()) {
      return null;
    }
    port.exchange().next(source, listener.usesExchange() ? listener.nextDatagramReply() : 0);
    message.select(received);
    if (kind.length(received, port.exchange()) > MAX_PAYLOAD_BYTES) {
      return DatagramDrop.REPLY_TOO_LARGE; // judged before it is made
    }
    reply.clear();
    received.limit(size);
    listener.frameWriter().writeReply(kind, received, message, port.exchange(), reply);
    if (port.guard().amplifies(source, size, reply.size())) {
      return DatagramDrop.AMPLIFICATION;
    }
    return reply.size() > MAX_PAYLOAD_BYTES
        ? DatagramDrop.REPLY_TOO_LARGE
        : outbound.send(source, reply, size);
  }

  private void letGo() {
    boolean ends = emptied && (context.isDraining() || port.listener().isRemoved());
    if (port.listener().isOver()) {
      request(Request.CLOSE, Interest.NOTHING);
    } else if (port.isHolding()) {
      holdOn(ends);
    } else if (ends) {
      request(Request.CLOSE, Interest.NOTHING);
    } else if (!port.tryRelease(Interest.READ)) {
      request(Request.WATCH, Interest.READ);
    }
  }

  /** Replies wait for their time, even at the end; not a plain release: that is a new deadline. */
  private void holdOn(boolean ends) {
    if (ends) {
      port.end();
    }
    request(Request.WATCH, port.isEnding() ? Interest.NOTHING : Interest.READ);
  }

  private void request(Request request, Interest wanted) {
    port.letGo(request, wanted);
    context.reactions().request(port);
  }
}
