package io.sounder.server.reactor;

import io.sounder.server.connection.Deadline;
import io.sounder.server.connection.Handoff;
import io.sounder.server.connection.NanoClock;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.List;
import java.util.Queue;
import java.util.function.Consumer;

/**
 * Visits of all sockets, for whoever wants to know about them: a few in each cycle of the reactor,
 * so that the others do not wait. The reactor's alone.
 */
final class Tour implements Deadline.Expiring {
  private static final int SOCKETS_PER_CYCLE = 500; // the others must not wait for it

  private record Party(Iterator<Handoff> sockets, Consumer<Handoff> visit, Runnable onEnd) {}

  private final Selection selection;
  private final Deadlines deadlines;
  private final NanoClock clock;
  private final Deadline nextStop = new Deadline(this);
  private final Queue<Party> parties = new ArrayDeque<>(); // bounded by the threads that ask

  Tour(Selection selection, Deadlines deadlines, NanoClock clock) {
    this.selection = selection;
    this.deadlines = deadlines;
    this.clock = clock;
  }

  /** Begins, after those that have begun already. */
  void begin(Consumer<Handoff> visit, Runnable onEnd) {
    List<Handoff> sockets = selection.sockets();
    parties.add(new Party(sockets.iterator(), visit, onEnd));
    if (parties.size() == 1) {
      visitSome(clock.nanoTime());
    }
  }

  @Override
  public void onDeadline(long nowNanos) {
    visitSome(nowNanos);
  }

  private void visitSome(long nowNanos) {
    Party party = parties.element();
    for (int i = 0; i < SOCKETS_PER_CYCLE && party.sockets().hasNext(); i++) {
      Handoff socket = party.sockets().next();
      if (!socket.isClosed()) {
        party.visit().accept(socket);
      }
    }
    if (!party.sockets().hasNext()) {
      parties.remove();
      party.onEnd().run();
    }
    if (!parties.isEmpty()) {
      deadlines.schedule(nextStop, nowNanos + 1); // the next cycle is soon enough
    }
  }
}
