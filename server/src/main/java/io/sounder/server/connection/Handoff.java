package io.sounder.server.connection;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * A socket that one thread at a time owns: the reactor while it is idle, its claimer while it is
 * handed.
 *
 * <pre>
 *            tryHand            tryMark
 *    IDLE ───────────▶ HANDED ───────────▶ MARKED      the owner works; marked: reading was disarmed meanwhile
 *     ▲ ▲                │ │                  │
 *     │ └── tryRelease ──┘ └───── letGo ──────┤        letGo: the reactor answers a request, then
 *     └─────────────────── settle ────────────┘        settles or closes it
 *                                             └──▶ CLOSED
 * </pre>
 *
 * <p>All moves into HANDED and out of IDLE are the reactor's; leaving HANDED by {@link #tryRelease}
 * is the owner's single compare-and-set, which also publishes what it wrote to its fields.
 */
public abstract class Handoff {
  private enum State {
    IDLE,
    HANDED,
    MARKED,
    CLOSED
  }

  private static final VarHandle STATE;

  static {
    try {
      STATE = MethodHandles.lookup().findVarHandle(Handoff.class, "state", State.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  @SuppressWarnings("FieldMayBeFinal") // moved by STATE
  private volatile State state = State.IDLE;

  private Interest armed = Interest.NOTHING;
  private Interest wanted = Interest.NOTHING;
  private Request request;
  private Handoff next;
  private long readyNanos;

  /** Reactor: takes an idle one, to put it on the ready queue. */
  public final boolean tryHand() {
    return STATE.compareAndSet(this, State.IDLE, State.HANDED);
  }

  /** Reactor: notes when it was found ready; before it is on the queue. */
  public final void onReady(long nowNanos) {
    readyNanos = nowNanos;
  }

  /** Owner: when it was found ready. */
  public final long readyNanos() {
    return readyNanos;
  }

  /**
   * Reactor: marks one that is reported ready while it is still handed, so that its owner asks for
   * it to be watched again.
   */
  public final boolean tryMark() {
    return STATE.compareAndSet(this, State.HANDED, State.MARKED);
  }

  /**
   * Owner: lets go of it without the reactor's help.
   *
   * @return false if it cannot: something else must be watched, or it was marked. Then {@link
   *     #letGo} with a request
   */
  public final boolean tryRelease(Interest nowWanted) {
    return armed == nowWanted && STATE.compareAndSet(this, State.HANDED, State.IDLE);
  }

  /**
   * Owner: says what it asks of the reactor; the caller then posts this to the mailbox, and owns it
   * no longer.
   */
  public final void letGo(Request asked, Interest nowWanted) {
    if (isIdle()) {
      throw new IllegalStateException("let go by someone who does not own it: " + this);
    }
    request = asked;
    wanted = nowWanted;
  }

  /** Reactor: what its last owner asked. */
  public final Request request() {
    return request;
  }

  public final Interest wanted() {
    return wanted;
  }

  /**
   * What it is watched for. Reactor, or the owner for a guess that {@link #tryRelease} verifies.
   */
  public final Interest armed() {
    return armed;
  }

  /** Reactor: notes what it is watched for now. */
  public final void onArmed(Interest now) {
    armed = now;
  }

  /** Reactor: takes it back from an owner that let go. */
  public final void settle() {
    State from = state;
    if (from != State.HANDED && from != State.MARKED) {
      throw new IllegalStateException(from + " to " + State.IDLE + ": " + this);
    }
    state = State.IDLE;
  }

  /** Reactor: no one may have it any more. */
  public final void onClosed() {
    if (state == State.CLOSED) {
      throw new IllegalStateException("closed twice: " + this);
    }
    state = State.CLOSED;
  }

  public final boolean isIdle() {
    return state == State.IDLE;
  }

  public final boolean isClosed() {
    return state == State.CLOSED;
  }

  /** The next in the mailbox's list. Only the mailbox uses it. */
  public final Handoff next() {
    return next;
  }

  public final void next(Handoff following) {
    next = following;
  }

  /**
   * Whether a single turn may take longer than the reactor can spare, so that it never assists with
   * this one.
   */
  public abstract boolean isHeavy();
}
