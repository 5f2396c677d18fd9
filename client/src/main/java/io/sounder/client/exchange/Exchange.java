package io.sounder.client.exchange;

import io.sounder.client.message.ExpectedReplies;
import io.sounder.client.message.ReplyLedger;
import io.sounder.client.net.Deadline;
import io.sounder.client.net.MessageLink;
import io.sounder.client.net.NanoClock;
import io.sounder.client.outcome.ClientFailure;
import io.sounder.client.outcome.ErrorClass;
import io.sounder.protocol.endpoint.TargetSpec;
import io.sounder.protocol.endpoint.Units;
import io.sounder.protocol.framing.Framing;
import java.nio.ByteBuffer;
import java.util.function.Consumer;

/**
 * Sends messages and hands out what comes back, until as many replies came as were asked for, the
 * peer ended, or it was silent for too long.
 */
public final class Exchange {
  /** For {@link Ending#replies}: no number was given. */
  public static final long ANY = -1;

  /** For {@link Ending#waitNanos}. */
  public static final long FOREVER = Long.MAX_VALUE;

  private static final long UNTOLD_SILENCE_NANOS = 1_000_000_000L;

  /**
   * What ends it.
   *
   * @param replies how many are wanted, or {@link #ANY}
   * @param waitNanos how long the peer may be silent after the last message, or {@link #FOREVER}
   * @param endsSending whether the peer is told when everything is sent
   * @param oneReplyEach whether, without a number, each message has one reply
   */
  public record Ending(long replies, long waitNanos, boolean endsSending, boolean oneReplyEach) {}

  private final TargetSpec target;
  private final MessageLink link;
  private final Sender sender;
  private final Ending ending;
  private final ReplyLedger ledger; // null if replies are not checked
  private final boolean oneReplyEach;
  private final NanoClock clock = NanoClock.SYSTEM;
  private long received;
  private long lastReceivedNanos;

  public Exchange(TargetSpec target, MessageLink link, MessageSource source, Ending ending) {
    this.target = target;
    this.link = link;
    this.ending = ending;
    this.ledger = target.conversation().replyGiven() ? new ReplyLedger(target) : null;
    this.oneReplyEach =
        ending.oneReplyEach()
            && ending.replies() == ANY
            && target.endpoint().scheme().isStream()
            && target.conversation().framing() != Framing.RAW
            && !new ExpectedReplies(target).areSilent();
    this.sender = new Sender(link, source, ledger, ending.endsSending(), clock);
    this.lastReceivedNanos = clock.nanoTime();
  }

  /**
   * Runs it on the calling thread.
   *
   * @param onMessage given each message as it comes
   * @return whether the peer ended
   * @throws ClientFailure if something failed, or was missing at the end
   */
  public boolean run(Consumer<ByteBuffer> onMessage) {
    sender.start();
    boolean peerEnded = false;
    boolean over = false;
    while (!over) {
      boolean lastLook = sender.isDone(); // read first, so that what came before it is looked at
      switch (receive(deadline(lastLook))) {
        case MESSAGE -> onReceived(onMessage);
        case END -> peerEnded = true;
        case NOTHING -> over = lastLook && (sender.failure() != null || wasSilentForTooLong());
      }
      over = over || peerEnded || (sender.isDone() && allCame());
    }
    checkOutcome(peerEnded);
    return peerEnded;
  }

  private MessageLink.Event receive(Deadline deadline) {
    try {
      return link.receive(deadline);
    } catch (ClientFailure e) {
      throw e.errorClass() == ErrorClass.CLOSED_EARLY ? moreTelling(e) : e;
    }
  }

  /**
   * The kernel tells a reset once: where the sender meets it, the receiver sees an end, also inside
   * a message.
   */
  private RuntimeException moreTelling(ClientFailure endInsideAMessage) {
    sender.awaitSettled();
    return sender.failure() != null ? sender.failure() : endInsideAMessage;
  }

  private Deadline deadline(boolean sendingIsDone) {
    if (!sendingIsDone || (waitNanos() == FOREVER && sender.failure() == null)) {
      return Deadline.never(); // the sender wakes us when it is done
    }
    return sender.failure() != null
        ? Deadline.after(clock, 0)
        : Deadline.after(clock, waitNanos() - silentNanos());
  }

  /** A peer that could not be told that this was all will not close by itself. */
  private long waitNanos() {
    boolean closesInTime = !ending.endsSending() || sender.peerIsTold();
    return ending.waitNanos() == FOREVER && !closesInTime
        ? UNTOLD_SILENCE_NANOS
        : ending.waitNanos();
  }

  private long silentNanos() {
    long now = clock.nanoTime();
    return Math.min(now - lastReceivedNanos, now - sender.lastSentNanos());
  }

  private boolean wasSilentForTooLong() {
    return waitNanos() != FOREVER && silentNanos() - waitNanos() >= 0;
  }

  private void onReceived(Consumer<ByteBuffer> onMessage) {
    lastReceivedNanos = clock.nanoTime();
    received++;
    if (ending.replies() == ANY || received <= ending.replies()) {
      onMessage.accept(link.message());
    }
    if (ledger != null && link.lacksTerminator() && ledger.isOnlyBeginning(link.message())) {
      throw moreTelling(missing(true, "inside a reply, with " + stillDue()));
    }
    if (ledger != null) {
      ledger.onReceived(link.message());
    }
  }

  private String stillDue() {
    return ledger.due() + plural(ledger.due()) + " still due";
  }

  private boolean allCame() {
    return sender.failure() == null && received >= wanted();
  }

  /** How many replies end it by themselves. */
  private long wanted() {
    if (ending.replies() != ANY) {
      return ending.replies();
    }
    return oneReplyEach ? sender.sent() : Long.MAX_VALUE;
  }

  private void checkOutcome(boolean peerEnded) {
    // Looked at first: it waits for a send that is just failing. The kernel tells a reset once, so
    // where the sender meets it, the receiver sees nothing but the end.
    boolean missesSome = peerEnded && sender.hasUnsent();
    if (sender.failure() != null) {
      throw sender.failure();
    }
    if (missesSome) {
      throw missing(true, "before everything was sent");
    }
    long due = ending.replies() != ANY ? ending.replies() : oneReplyEach ? sender.sent() : 0;
    if (received < due) {
      throw missing(peerEnded, "after " + received + " of " + due + plural(due));
    }
    if (ledger != null && ledger.due() > 0 && ending.replies() == ANY) {
      throw missing(peerEnded, "with " + stillDue());
    }
  }

  private static String plural(long count) {
    return count == 1 ? " reply" : " replies";
  }

  private ClientFailure missing(boolean peerEnded, String when) {
    ErrorClass errorClass = peerEnded ? ErrorClass.CLOSED_EARLY : ErrorClass.REPLY_TIMEOUT;
    String how =
        peerEnded
            ? "the peer closed "
            : "nothing came for " + Units.durationText(waitNanos()) + ", ";
    return new ClientFailure(
        errorClass,
        "no complete answer from "
            + target.endpoint()
            + ": "
            + errorClass.text()
            + ": "
            + how
            + when);
  }
}
