package io.sounder.server.inspect;

import io.sounder.server.connection.Listener;
import java.util.List;

/** One who watches what arrives at a listener. Belongs to one thread. */
public final class View implements AutoCloseable {
  private final Inspector inspector;
  private final Listener listener;
  private final Tap tap;
  private long arrived;
  private long position;
  private boolean closed;

  View(Inspector inspector, Listener listener, Tap tap) {
    this.inspector = inspector;
    this.listener = listener;
    this.tap = tap;
    this.arrived = tap.arrived();
    this.position = tap.picked();
  }

  public Listener listener() {
    return listener;
  }

  /**
   * What has arrived since the last time. To be asked some ten times a second, as that is what lets
   * more be copied.
   */
  public Batch take() {
    tap.grant();
    List<Sample> samples = tap.from(position);
    if (!samples.isEmpty()) {
      position = samples.get(samples.size() - 1).position() + 1;
    }
    long before = arrived;
    arrived = tap.arrived();
    return new Batch(arrived - before, samples);
  }

  /** Watches no more. */
  @Override
  public void close() {
    if (!closed) {
      closed = true;
      inspector.leave(listener);
    }
  }
}
