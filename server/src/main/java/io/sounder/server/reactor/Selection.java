package io.sounder.server.reactor;

import io.sounder.server.connection.Connection;
import io.sounder.server.connection.DatagramPort;
import io.sounder.server.connection.Handoff;
import io.sounder.server.connection.Interest;
import io.sounder.server.connection.NanoClock;
import io.sounder.server.listener.InheritedSocket;
import io.sounder.server.watch.Pulse;
import io.sounder.server.worker.SleepFlag;
import java.io.IOException;
import java.nio.channels.Channel;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The selector and its keys: what is watched, and for what. The reactor's alone, but for {@link
 * #wakeUp}.
 */
final class Selection {
  private static final Logger LOG = LoggerFactory.getLogger(Selection.class);

  private static final int EVENTS_PER_SELECT = 1024; // what the JDK takes from the kernel at a time
  private static final int MAX_LOOKS =
      128; // one for each 1,024 of the connections that there may be

  private final NanoClock clock;
  private final BusyPoll busyPoll;
  private final Pulse pulse;
  private final Selector selector;
  private final SleepFlag sleeping = new SleepFlag();

  Selection(NanoClock clock, BusyPoll busyPoll, Pulse pulse) throws IOException {
    this.clock = clock;
    this.busyPoll = busyPoll;
    this.pulse = pulse;
    this.selector = Selector.open();
  }

  /** Learns who is ready; waits for at most so long, and not at all while there is work. */
  void select(long waitNanos, BooleanSupplier mustNotSleep, Consumer<SelectionKey> onSelected) {
    try {
      if (waitNanos <= 0) {
        selector.selectNow(onSelected);
      } else {
        await(waitNanos, mustNotSleep, onSelected);
      }
    } catch (IOException e) {
      throw new IllegalStateException("cannot select", e);
    }
    if (Thread.interrupted()) {
      LOG.debug("ignored an interrupt: an interrupted selector would never sleep again");
    }
  }

  /** Polls for the first part of a wait, if that pays, and sleeps for the rest. */
  private void await(
      long waitNanos, BooleanSupplier mustNotSleep, Consumer<SelectionKey> onSelected)
      throws IOException {
    long startNanos = clock.nanoTime();
    long pollNanos = busyPoll.nanosOf(waitNanos);
    boolean ready = false;
    long elapsedNanos = 0;
    if (pollNanos > 0) {
      boolean wanted;
      do {
        ready = selector.selectNow(onSelected) > 0;
        wanted = ready || mustNotSleep.getAsBoolean();
        elapsedNanos = clock.nanoTime() - startNanos;
      } while (!wanted && elapsedNanos < pollNanos);
      busyPoll.onPolled(elapsedNanos, wanted || pollNanos == waitNanos); // or a deadline has come
    }
    if (!ready && elapsedNanos < waitNanos) {
      sleep(waitNanos - elapsedNanos, mustNotSleep, onSelected);
      elapsedNanos = clock.nanoTime() - startNanos;
    }
    busyPoll.onWaited(elapsedNanos);
  }

  /**
   * Blocks until somebody is ready or wakes it. It says that it is going to sleep before it looks
   * for the last time at what others could have left, so that no wake-up is lost.
   */
  private void sleep(
      long waitNanos, BooleanSupplier mustNotSleep, Consumer<SelectionKey> onSelected)
      throws IOException {
    sleeping.fallAsleep();
    if (mustNotSleep.getAsBoolean()) {
      sleeping.rise();
      selector.selectNow(onSelected);
    } else {
      pulse.rest();
      selector.select(onSelected, (waitNanos + 999_999) / 1_000_000); // rounded up: never early
      pulse.beat();
      sleeping.rise();
    }
  }

  /** Learns of all who are ready now, also where that takes more than one look. */
  void selectAllNow(Consumer<SelectionKey> onSelected) {
    try {
      int looks = 0;
      while (selector.selectNow(onSelected) >= EVENTS_PER_SELECT && looks < MAX_LOOKS) {
        looks++;
      }
    } catch (IOException e) {
      throw new IllegalStateException("cannot select", e);
    }
  }

  /** Any thread: wakes the reactor if it sleeps, or is about to; once, whoever comes first. */
  void wakeUp() {
    if (sleeping.tryWake()) {
      selector.wakeup();
    }
  }

  void listen(Acceptor acceptor) {
    register(acceptor.channel(), SelectionKey.OP_ACCEPT, acceptor);
  }

  /** Stops or goes on watching for connections to accept. */
  void watch(Acceptor acceptor, boolean on) {
    SelectionKey key = acceptor.channel().keyFor(selector);
    if (key != null && key.isValid()) {
      key.interestOps(on ? SelectionKey.OP_ACCEPT : 0);
    }
  }

  void add(Handoff socket, Interest interest) {
    register(channel(socket), ops(interest), socket);
    socket.onArmed(interest);
  }

  void watch(Handoff socket, Interest interest) {
    if (socket.armed() != interest) {
      channel(socket).keyFor(selector).interestOps(ops(interest));
      socket.onArmed(interest);
    }
  }

  /** All sockets that are not closed; a copy, so that they can be closed meanwhile. */
  List<Handoff> sockets() {
    List<Handoff> sockets = new ArrayList<>();
    for (SelectionKey key : selector.keys()) {
      if (key.attachment() instanceof Handoff socket && !socket.isClosed()) {
        sockets.add(socket);
      }
    }
    return sockets;
  }

  void close(Handoff socket) {
    close(channel(socket));
  }

  void close(Acceptor acceptor) {
    close(acceptor.channel());
  }

  /** Closes a socket of ours; one that others have too is only watched no longer. */
  private void close(SelectableChannel channel) {
    if (!InheritedSocket.is(channel)) {
      closeQuietly(channel);
      return;
    }
    SelectionKey key = channel.keyFor(selector);
    if (key != null && key.isValid()) {
      key.interestOps(0);
    }
  }

  /** Closes the selector and all that is registered with it. */
  void closeAll() {
    for (SelectionKey key : selector.keys()) {
      close(key.channel());
    }
    closeQuietly(selector::close);
  }

  private void register(SelectableChannel channel, int ops, Object attachment) {
    try {
      channel.register(selector, ops, attachment);
    } catch (ClosedChannelException e) {
      throw new IllegalStateException("closed before it was registered", e);
    }
  }

  private static SelectableChannel channel(Handoff socket) {
    return socket instanceof Connection connection
        ? connection.channel()
        : ((DatagramPort) socket).channel();
  }

  private static int ops(Interest interest) {
    return switch (interest) {
      case READ -> SelectionKey.OP_READ;
      case WRITE -> SelectionKey.OP_WRITE;
      case NOTHING -> 0;
    };
  }

  private static void closeQuietly(Channel channel) {
    closeQuietly((Closing) channel::close);
  }

  private interface Closing {
    void close() throws IOException;
  }

  private static void closeQuietly(Closing closing) {
    try {
      closing.close();
    } catch (IOException e) {
      LOG.debug("an error while closing, with nothing left to lose: {}", e.toString());
    }
  }
}
