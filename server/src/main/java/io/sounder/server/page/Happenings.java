package io.sounder.server.page;

import io.sounder.server.connection.Listener;
import io.sounder.server.connection.NanoClock;
import io.sounder.server.inspect.Batch;
import io.sounder.server.inspect.Inspector;
import io.sounder.server.inspect.View;
import io.sounder.server.metrics.Snapshot;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * What one who looks is told: the counters, the listeners as far as they have changed, and what
 * arrives at the one that is watched. Belongs to one thread.
 */
final class Happenings implements AutoCloseable {
  private final Supplier<String> figures;
  private final Snapshot.Source snapshots;
  private final Apart apart = new Apart();
  private final Supplier<List<Listener>> listeners;
  private final Inspector inspector;
  private final NanoClock clock;
  private final InstantSource wallClock;
  private final long startedNanos;
  private String toldListeners = "";
  private View view; // null where nothing is watched

  Happenings(
      Supplier<String> figures,
      Snapshot.Source snapshots,
      Supplier<List<Listener>> listeners,
      Inspector inspector,
      NanoClock clock,
      InstantSource wallClock,
      long startedNanos) {
    this.figures = figures;
    this.snapshots = snapshots;
    this.listeners = listeners;
    this.inspector = inspector;
    this.clock = clock;
    this.wallClock = wallClock;
    this.startedNanos = startedNanos;
  }

  /** The listeners, if they are others than the last time; otherwise nothing. */
  String listeners() {
    String now = Events.listeners(listeners.get());
    if (now.equals(toldListeners)) {
      return "";
    }
    toldListeners = now;
    return now;
  }

  String stats() throws InterruptedException {
    String each = apart.lines(snapshots.take()); // first, since it waits for the reactor
    long uptime = TimeUnit.NANOSECONDS.toMillis(clock.nanoTime() - startedNanos);
    return Events.stats(uptime, figures.get() + each);
  }

  /**
   * Watches the listener of that name, if there is one that may be. To be called again now and
   * then, since another one may have taken its place.
   */
  void watch(String name) {
    Listener wanted =
        listeners.get().stream()
            .filter(each -> each.isInspected() && each.toString().equals(name))
            .findFirst()
            .orElse(null);
    if (view != null && view.listener() != wanted) {
      view.close();
      view = null;
    }
    if (view == null && wanted != null) {
      view = inspector.watch(wanted);
    }
  }

  /** What has arrived since the last time; nothing where nothing is watched. */
  String messages() {
    if (view == null) {
      return "";
    }
    Batch batch = view.take();
    return Events.messages(batch, wallClock.millis());
  }

  @Override
  public void close() {
    if (view != null) {
      view.close();
    }
  }
}
