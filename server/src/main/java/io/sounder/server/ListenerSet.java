package io.sounder.server;

import io.sounder.protocol.endpoint.ListenerSpec;
import io.sounder.server.connection.Listener;
import io.sounder.server.guard.OwnPorts;
import io.sounder.server.listener.BindFailure;
import io.sounder.server.listener.BoundListener;
import io.sounder.server.listener.ConfigurationException;
import io.sounder.server.listener.ConnectionBudget;
import io.sounder.server.listener.DescriptorLimit;
import io.sounder.server.listener.InheritedSocket;
import io.sounder.server.metrics.Counters;
import io.sounder.server.reactor.Reactor;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a server listens on. Anyone may look; one thread at a time changes it, which is not the
 * reactor's: it reads files, looks up names and opens sockets, and then asks the reactor.
 */
final class ListenerSet {
  private static final Logger LOG = LoggerFactory.getLogger(ListenerSet.class);

  private static final long LOOK_MILLIS = 100;

  private final Reactor reactor;
  private final Counters counters;
  private final OwnPorts ownPorts = new OwnPorts();
  private final String hostName = HostName.read();
  private volatile List<RunningListener> running = List.of();

  ListenerSet(Reactor reactor, Counters counters) {
    this.reactor = reactor;
    this.counters = counters;
  }

  /** Has the first ones served, as soon as the reactor runs. */
  void open(List<BoundListener> bound, ConnectionBudget budget) throws IOException {
    List<RunningListener> all = new ArrayList<>();
    for (BoundListener each : bound) {
      all.add(RunningListener.of(each, budget.connections(each.spec()), hostName, ownPorts));
    }
    all.forEach(each -> each.addTo(ownPorts));
    all.forEach(this::count);
    reactor.requestChange(listening -> all.forEach(each -> each.start(listening)), () -> {});
    running = List.copyOf(all);
    for (RunningListener each : all) {
      LOG.info("listening on {}", each.listener());
      each.warn();
    }
  }

  /**
   * Has these served instead: nothing is changed unless all of it can be.
   *
   * @param drainNanos how long connections to listeners that are removed have to end in order
   * @return what was done, in words; empty if the server is about to end, so that nothing was
   * @throws ConfigurationException if listeners ask for what cannot be had
   * @throws BindFailure if one that is added cannot be opened
   */
  Optional<String> change(List<ListenerSpec> wanted, long drainNanos)
      throws ConfigurationException, BindFailure, IOException, InterruptedException {
    ConnectionBudget budget = ConnectionBudget.of(wanted, DescriptorLimit.current());
    InheritedSocket.checkAmong(wanted); // it cannot be given back
    ListenerChange change = ListenerChange.prepare(running, wanted, budget, hostName, ownPorts);
    change.added().forEach(each -> each.addTo(ownPorts)); // before they receive anything
    change.begun().forEach(this::count);
    boolean done = false;
    try {
      done = isDoneByReactor(change, drainNanos);
    } finally {
      if (!done) {
        change.abandon();
        change.added().forEach(each -> each.removeFrom(ownPorts));
      }
    }
    if (!done) {
      return Optional.empty();
    }
    running = List.copyOf(change.after());
    change.removed().forEach(each -> each.bound().removeFile());
    change.tell();
    awaitPorts(change.removed());
    return Optional.of(change.summary());
  }

  /** Each goes on with the counts of whatever had its name before. */
  private void count(RunningListener each) {
    each.listener().countWith(counters.ofListener(each.listener().toString()));
  }

  private boolean isDoneByReactor(ListenerChange change, long drainNanos)
      throws InterruptedException {
    CompletableFuture<Boolean> done = new CompletableFuture<>();
    reactor.requestChange(
        listening -> {
          try {
            change.apply(
                listening,
                drainNanos,
                () -> change.removed().forEach(each -> each.removeFrom(ownPorts)));
            done.complete(true);
          } catch (RuntimeException e) {
            done.completeExceptionally(e);
          }
        },
        () -> done.complete(false));
    return awaited(done);
  }

  /** A reactor that has ended meanwhile does nothing more. */
  private boolean awaited(CompletableFuture<Boolean> done) throws InterruptedException {
    while (true) {
      boolean isLastLook = reactor.isStopped();
      try {
        return done.get(LOOK_MILLIS, TimeUnit.MILLISECONDS);
      } catch (TimeoutException e) {
        if (isLastLook) {
          return false;
        }
      } catch (ExecutionException e) {
        throw new IllegalStateException("a change of listeners was not completed", e.getCause());
      }
    }
  }

  /**
   * A socket that is closed keeps its port until the reactor's next look at the sockets; whoever
   * asks for it next must find it free.
   */
  private void awaitPorts(List<RunningListener> removed) throws InterruptedException {
    while (removed.stream().anyMatch(RunningListener::hasPort)) {
      CompletableFuture<Boolean> cycled = new CompletableFuture<>();
      reactor.request(() -> cycled.complete(true));
      if (!awaited(cycled)) {
        return;
      }
    }
  }

  /** Those that run now, in the order of the configuration. */
  List<RunningListener> running() {
    return running;
  }

  List<Listener> listeners() {
    return running.stream().map(RunningListener::listener).toList();
  }

  /** Removes the socket files that are still ours. */
  void removeFiles() {
    running.forEach(each -> each.bound().removeFile());
  }
}
