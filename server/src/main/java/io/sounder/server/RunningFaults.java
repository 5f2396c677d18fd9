package io.sounder.server;

import io.sounder.protocol.endpoint.Endpoint;
import io.sounder.protocol.endpoint.FaultChange;
import io.sounder.server.admin.FaultControl;
import io.sounder.server.connection.Listener;
import io.sounder.server.reactor.Reactor;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The faults of listeners that run. All methods may be called from any thread. */
final class RunningFaults implements FaultControl {
  private static final Logger LOG = LoggerFactory.getLogger(RunningFaults.class);

  private static final long PATIENCE_SECONDS = 1;

  private final Supplier<List<Listener>> listeners;
  private final Reactor reactor;

  RunningFaults(Supplier<List<Listener>> listeners, Reactor reactor) {
    this.listeners = listeners;
    this.reactor = reactor;
  }

  /** Nobody shall leave faults on without knowing. */
  static void warnIfAny(Listener listener) {
    if (listener.faults() != null && !listener.faults().isNone()) {
      LOG.warn("{} injects faults on purpose: {}", listener, listener.faults().spec());
    }
  }

  @Override
  public String list() {
    return listeners.get().stream()
        .map(each -> each.textWithFaults() + "\n")
        .collect(Collectors.joining());
  }

  @Override
  public String change(String line)
      throws UnknownListenerException, TimeoutException, InterruptedException {
    FaultChange change = FaultChange.parse(line);
    Listener listener = listenerAt(change.listener());
    CountDownLatch injected = new CountDownLatch(1);
    reactor.request( // which counts the connections, and numbers them anew for chance
        () -> {
          listener.inject(change.faults());
          injected.countDown();
        });
    if (!injected.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      throw new TimeoutException("the reactor does not answer");
    }
    if (listener.faults() == null || listener.faults().isNone()) {
      LOG.info("{} injects no faults any more", listener);
    }
    warnIfAny(listener);
    return listener.textWithFaults();
  }

  private Listener listenerAt(Endpoint endpoint) throws UnknownListenerException {
    List<Listener> all = listeners.get();
    for (Listener each : all) {
      if (each.endpoint().equals(endpoint)) {
        return each;
      }
    }
    throw new UnknownListenerException(
        endpoint
            + " is no listener; there is "
            + all.stream().map(Listener::toString).collect(Collectors.joining(", ")));
  }
}
