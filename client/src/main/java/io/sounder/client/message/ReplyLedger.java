package io.sounder.client.message;

import io.sounder.client.outcome.ClientFailure;
import io.sounder.client.outcome.ErrorClass;
import io.sounder.protocol.endpoint.TargetSpec;
import io.sounder.protocol.framing.Framing;
import io.sounder.protocol.text.Escapes;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;

/**
 * Holds what was sent against what comes back. On a stream replies come in the order of their
 * messages; datagrams may overtake each other. One thread may send while another receives.
 */
public final class ReplyLedger {
  private static final int MAX_SHOWN_BYTES = 200;

  /** Datagrams that nobody answers are forgotten beyond that, oldest first. */
  private static final int MAX_DATAGRAMS_OPEN = 10_000;

  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Open(byte[] message, long number) {}

  private final TargetSpec target;
  private final ExpectedReplies expected;
  private final boolean isStream;
  private final boolean isFramed;
  private final Deque<Open> open = new ArrayDeque<>();
  private ReplyMatcher current; // of the first that is open, once bytes of its reply have come
  private long sent;

  public ReplyLedger(TargetSpec target) {
    this.target = target;
    this.expected = new ExpectedReplies(target);
    this.isStream = target.endpoint().scheme().isStream();
    this.isFramed = !isStream || target.conversation().framing() != Framing.RAW;
  }

  /** Notes a message, before it is sent. */
  public synchronized void onSending(byte[] message) {
    sent++;
    Open request = new Open(message, sent);
    if (!expected.areSilent() && !vanishes(request)) {
      open.add(request);
    }
    if (!isStream && open.size() > MAX_DATAGRAMS_OPEN) {
      open.remove();
    }
  }

  /** Whether message or reply put nothing on the wire. */
  private boolean vanishes(Open request) {
    return !isFramed
        && (request.message().length == 0
            || matcher(request).take(ByteBuffer.allocate(0)) == ReplyMatcher.State.COMPLETE);
  }

  /**
   * Checks what came: one message, or under {@code raw} a piece of the stream.
   *
   * @throws ClientFailure of {@link ErrorClass#PROTOCOL} if it is not what was due
   */
  public synchronized void onReceived(ByteBuffer bytes) {
    ByteBuffer rest = bytes.duplicate();
    if (!isStream) {
      takeDatagram(rest);
    } else if (isFramed) {
      takeFrame(rest);
    } else {
      takePiece(rest);
    }
  }

  /** Whether a message is the beginning of the reply that is due next, and no more of it. */
  public synchronized boolean isOnlyBeginning(ByteBuffer message) {
    return !open.isEmpty()
        && matcher(open.peek()).take(message.duplicate()) == ReplyMatcher.State.PARTIAL;
  }

  /** How many replies are still due, the one that has begun included. */
  public synchronized int due() {
    return open.size();
  }

  private void takeFrame(ByteBuffer message) {
    ByteBuffer seen = message.duplicate();
    if (open.isEmpty()) {
      throw tooMuch(seen);
    }
    if (!matchesWhole(open.peek(), message)) {
      throw wrong(open.peek(), seen);
    }
    open.remove();
  }

  private void takePiece(ByteBuffer bytes) {
    while (bytes.hasRemaining()) {
      ByteBuffer seen = bytes.duplicate();
      if (open.isEmpty()) {
        throw tooMuch(seen);
      }
      if (current == null) {
        current = matcher(open.peek());
      }
      switch (current.take(bytes)) {
        case MISMATCH -> throw wrong(open.peek(), seen);
        case COMPLETE -> {
          open.remove();
          current = null;
        }
        case PARTIAL -> {}
      }
    }
  }

  private void takeDatagram(ByteBuffer datagram) {
    if (open.isEmpty()) {
      throw tooMuch(datagram);
    }
    for (Iterator<Open> each = open.iterator(); each.hasNext(); ) {
      if (matchesWhole(each.next(), datagram.duplicate())) {
        each.remove();
        return;
      }
    }
    throw wrong(open.peek(), datagram);
  }

  private boolean matchesWhole(Open request, ByteBuffer message) {
    return matcher(request).take(message) == ReplyMatcher.State.COMPLETE && !message.hasRemaining();
  }

  private ReplyMatcher matcher(Open request) {
    return expected.matcher(request.message(), request.number());
  }

  private ClientFailure wrong(Open request, ByteBuffer seen) {
    return failure(
        "wrong reply from ", matcher(request).expected() + " was due, and what came is ", seen);
  }

  private ClientFailure tooMuch(ByteBuffer seen) {
    return failure("wrong reply from ", "nothing more was due, and what came is ", seen);
  }

  private ClientFailure failure(String what, String why, ByteBuffer seen) {
    return new ClientFailure(
        ErrorClass.PROTOCOL,
        what
            + target.endpoint()
            + ": "
            + ErrorClass.PROTOCOL.text()
            + ": "
            + why
            + "'"
            + Escapes.show(seen, MAX_SHOWN_BYTES)
            + "'; correct the key reply, or leave it out to see everything");
  }
}
