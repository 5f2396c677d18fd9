package io.sounder.server.inspect;

import io.sounder.server.connection.Listener;
import io.sounder.server.connection.NanoClock;
import io.sounder.server.worker.MessageObserver;
import java.nio.ByteBuffer;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;

/**
 * Lets people look at what arrives at the listeners that allow it ({@code inspect=on}). For the
 * others a message costs one look at a field, and for those as long as nobody watches one look more
 * at a map that is empty.
 */
public final class Inspector implements MessageObserver {
  private final NanoClock clock;
  private final InstantSource wallClock;
  private final Map<Listener, Integer> viewers = new HashMap<>(); // guarded by this
  private volatile Map<Listener, Tap> taps = Map.of(); // replaced, never changed

  public Inspector(NanoClock clock, InstantSource wallClock) {
    this.clock = clock;
    this.wallClock = wallClock;
  }

  @Override
  public boolean wants(Listener listener) {
    if (!listener.isInspected()) {
      return false;
    }
    Tap tap = taps.get(listener);
    return tap != null && tap.picks();
  }

  @Override
  public void onMessage(Listener listener, Peer peer, ByteBuffer message) {
    Tap tap = taps.get(listener);
    if (tap != null) {
      tap.copy(peer, message);
    }
  }

  /**
   * Begins to watch, from now on. Any thread; the view must be closed.
   *
   * @throws IllegalArgumentException if the listener does not allow it
   */
  public synchronized View watch(Listener listener) {
    if (!listener.isInspected()) {
      throw new IllegalArgumentException(listener + " has no inspect=on");
    }
    if (viewers.merge(listener, 1, Integer::sum) == 1) {
      Map<Listener, Tap> more = new HashMap<>(taps);
      more.put(listener, new Tap(clock, wallClock));
      taps = Map.copyOf(more);
    }
    return new View(this, listener, taps.get(listener));
  }

  /** Ends a view; with the last one of a listener all that was copied is forgotten. */
  synchronized void leave(Listener listener) {
    if (viewers.merge(listener, -1, Integer::sum) == 0) {
      viewers.remove(listener);
      Map<Listener, Tap> fewer = new HashMap<>(taps);
      fewer.remove(listener);
      taps = Map.copyOf(fewer);
    }
  }
}
