package io.sounder.server.connection;

/**
 * A moment at which the reactor looks at something again. It keeps its own place in the reactor's
 * heap, so that it can be moved and taken out in logarithmic time.
 */
public final class Deadline {
  /** What is called on the reactor's thread when the moment has come. */
  @FunctionalInterface
  public interface Expiring {
    void onDeadline(long nowNanos);
  }

  /** The value of {@link #index} while it is not scheduled. */
  public static final int UNSCHEDULED = -1;

  private final Expiring owner;
  private long atNanos;
  private int index = UNSCHEDULED;

  public Deadline(Expiring owner) {
    this.owner = owner;
  }

  public Expiring owner() {
    return owner;
  }

  public long atNanos() {
    return atNanos;
  }

  public void atNanos(long newAtNanos) {
    atNanos = newAtNanos;
  }

  public int index() {
    return index;
  }

  public void index(int newIndex) {
    index = newIndex;
  }

  public boolean isScheduled() {
    return index != UNSCHEDULED;
  }
}
