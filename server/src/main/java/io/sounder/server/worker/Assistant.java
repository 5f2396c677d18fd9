package io.sounder.server.worker;

import io.sounder.server.connection.Handoff;
import io.sounder.server.connection.Listener;
import io.sounder.server.connection.NanoClock;

/**
 * The reactor's share of the work: turns on the reactor's own thread, for a bounded time, between
 * two selects.
 */
public final class Assistant {
  private static final int CHUNK = 8; // the clock is looked at after so many

  private final ReadyQueue light;
  private final ReadyQueue heavy;
  private final Turns turns;
  private final NanoClock clock;
  private final boolean assists;
  private final boolean alone;
  private final Handoff[] chunk = new Handoff[CHUNK];
  private final Handoff[] single = new Handoff[1];
  private final Handoff[] heavyChunk = new Handoff[1];
  private boolean turnsAreLong;

  Assistant(
      ReadyQueue light, ReadyQueue heavy, TurnContext context, boolean assists, boolean alone) {
    this.light = light;
    this.heavy = heavy;
    this.turns = new Turns(context);
    this.clock = context.clock();
    this.assists = assists;
    this.alone = alone;
  }

  /**
   * Claims and works for at most {@link Listener#ASSIST_NANOS}, and the turns of a chunk longer.
   * Where turns turn out to be long, the chunk is a single one.
   */
  public void assist() {
    if (!assists) {
      return;
    }
    long startNanos = clock.nanoTime();
    long elapsedNanos = 0;
    int count;
    do {
      count = light.claim(turnsAreLong ? single : chunk);
      run(turnsAreLong ? single : chunk, count);
      if (alone) {
        int heavyCount = heavy.claim(heavyChunk);
        run(heavyChunk, heavyCount);
        count += heavyCount;
      }
      long before = elapsedNanos;
      elapsedNanos = clock.nanoTime() - startNanos;
      turnsAreLong = count > 0 && (elapsedNanos - before) / count > Listener.ASSIST_NANOS / CHUNK;
    } while (count > 0 && elapsedNanos < Listener.ASSIST_NANOS);
  }

  /** Whether something waits that the reactor itself must see to, so that it must not sleep. */
  public boolean hasWork() {
    return assists && (!light.isEmpty() || (alone && !heavy.isEmpty()));
  }

  private void run(Handoff[] claimed, int count) {
    for (int i = 0; i < count; i++) {
      Handoff next = claimed[i];
      claimed[i] = null;
      turns.run(next);
    }
  }
}
