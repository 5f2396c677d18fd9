package io.sounder.server.worker;

import io.sounder.server.connection.Handoff;
import io.sounder.server.connection.Listener;
import io.sounder.server.connection.NanoClock;
import java.util.concurrent.TimeUnit;
import java.util.function.LongPredicate;

/**
 * The reactor's share of the work: turns on the reactor's own thread, for a bounded time, between
 * two selects.
 */
public final class Assistant {
  private static final int CHUNK = 8; // the clock is looked at after so many

  /**
   * A batch of echoes that one select brought, up to 1,024, is over by then. What is left of it is
   * reported again by the next select, and costs two changes of interest each: 3 of 10 µs per
   * request with 1,000 connections.
   */
  private static final long MOST_NANOS = TimeUnit.MILLISECONDS.toNanos(16);

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
   * Claims and works until nothing is left: for {@link Listener#ASSIST_NANOS} in any case, for at
   * most {@link #MOST_NANOS} if nothing else is to be done, and the turns of a chunk longer. Where
   * turns turn out to be long, the chunk is a single one.
   *
   * @param isWantedElsewhere asked after the first millisecond, with the time
   */
  public void assist(LongPredicate isWantedElsewhere) {
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
      long nowNanos = clock.nanoTime();
      turns.onChunkDone(nowNanos);
      elapsedNanos = nowNanos - startNanos;
      if (count > 0) {
        turnsAreLong = (elapsedNanos - before) / count > Listener.ASSIST_NANOS / CHUNK;
      }
    } while (count > 0 && goesOn(elapsedNanos, startNanos, isWantedElsewhere));
  }

  private static boolean goesOn(
      long elapsedNanos, long startNanos, LongPredicate isWantedElsewhere) {
    return elapsedNanos < Listener.ASSIST_NANOS
        || (elapsedNanos < MOST_NANOS && !isWantedElsewhere.test(startNanos + elapsedNanos));
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
