package io.sounder.server.reactor;

import io.sounder.server.connection.Connection;
import io.sounder.server.connection.DatagramPort;
import io.sounder.server.connection.Handoff;
import io.sounder.server.connection.Listener;
import io.sounder.server.connection.NanoClock;
import io.sounder.server.metrics.Counters;
import java.nio.channels.ServerSocketChannel;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;

/** The sockets on which connections are awaited: opened, paused, changed, closed. The reactor's. */
final class ListeningSockets implements Listening {
  private final Selection selection;
  private final Deadlines deadlines;
  private final Connections connections;
  private final NanoClock clock;
  private final Counters counters;
  private final Consumer<Handoff> handOff;
  private final List<Acceptor> acceptors = new ArrayList<>();
  private boolean heavy;
  private boolean stopped;

  /**
   * None yet.
   *
   * @param handOff hands an idle socket over for a turn that no event has announced
   */
  ListeningSockets(
      Selection selection,
      Deadlines deadlines,
      Connections connections,
      NanoClock clock,
      Counters counters,
      Consumer<Handoff> handOff) {
    this.selection = selection;
    this.deadlines = deadlines;
    this.connections = connections;
    this.clock = clock;
    this.counters = counters;
    this.handOff = handOff;
  }

  @Override
  public void listen(ServerSocketChannel channel, Listener listener) {
    Acceptor acceptor = new Acceptor(channel, listener, counters, connections::admit, this::resume);
    acceptors.add(acceptor);
    heavy |= listener.hasHeavyTurns();
    selection.listen(acceptor);
  }

  @Override
  public void receive(DatagramPort port) {
    heavy |= port.isHeavy();
    connections.admit(port);
  }

  @Override
  public void succeed(Listener before, Listener after) {
    heavy |= after.hasHeavyTurns();
    for (Acceptor acceptor : acceptors) {
      if (acceptor.listener() == before) {
        acceptor.serve(after);
      }
    }
    after.inject(after.spec().faults());
  }

  @Override
  public void succeed(DatagramPort port, DatagramPort.Service after) {
    heavy |= after.listener().isHeavy();
    port.serve(after);
  }

  @Override
  public void remove(Collection<Listener> gone, long timeoutNanos, Runnable onEnded) {
    gone.forEach(Listener::remove);
    for (Acceptor acceptor : acceptors) {
      if (acceptor.listener().isRemoved()) {
        close(acceptor);
      }
    }
    acceptors.removeIf(acceptor -> acceptor.listener().isRemoved());
    List<Handoff> theirs =
        selection.sockets().stream().filter(socket -> isOf(gone, listener(socket))).toList();
    long nowNanos = clock.nanoTime();
    new Ending(theirs, connections, deadlines, handOff, true, cutOff -> onEnded.run())
        .begin(nowNanos, nowNanos + timeoutNanos);
  }

  private static boolean isOf(Collection<Listener> gone, Listener listener) {
    return listener.isRemoved() && gone.stream().anyMatch(listener::isAtThePlaceOf);
  }

  static Listener listener(Handoff socket) {
    return socket instanceof Connection connection
        ? connection.listener()
        : ((DatagramPort) socket).listener();
  }

  /** Accepts what waits at one of them. */
  void accept(Acceptor acceptor) {
    long nowNanos = clock.nanoTime();
    if (!acceptor.accept(nowNanos)) {
      pause(acceptor, nowNanos);
    }
  }

  /** Lets nobody in for a moment, for want of direct memory. */
  void pauseAll() {
    long nowNanos = clock.nanoTime();
    for (Acceptor acceptor : acceptors) {
      acceptor.onNoDirectMemory(nowNanos);
      pause(acceptor, nowNanos);
    }
  }

  private void pause(Acceptor acceptor, long nowNanos) {
    selection.watch(acceptor, false);
    deadlines.schedule(acceptor.resumption(), nowNanos + Acceptor.PAUSE_NANOS);
  }

  private void resume(Acceptor acceptor) {
    selection.watch(acceptor, true);
  }

  /** Accepts nobody any more, for good. */
  void stop() {
    stopped = true;
    acceptors.forEach(this::close);
    acceptors.clear();
  }

  private void close(Acceptor acceptor) {
    acceptor.stop();
    deadlines.cancel(acceptor.resumption());
    selection.close(acceptor);
  }

  /** Whether nothing is to listen any more. */
  boolean isStopped() {
    return stopped;
  }

  /** Whether there is, or was, one whose turns are too much for the reactor. */
  boolean isAnyHeavy() {
    return heavy;
  }
}
