package io.sounder.server;

import io.sounder.protocol.endpoint.ListenerSpec;
import io.sounder.server.connection.DatagramPort;
import io.sounder.server.connection.Listener;
import io.sounder.server.guard.OwnPorts;
import io.sounder.server.listener.BindFailure;
import io.sounder.server.listener.Binder;
import io.sounder.server.listener.BoundListener;
import io.sounder.server.listener.ConfigurationException;
import io.sounder.server.listener.ConnectionBudget;
import io.sounder.server.listener.InheritedSocket;
import io.sounder.server.listener.ListenerCheck;
import io.sounder.server.listener.ListenerDiff;
import io.sounder.server.listener.ListenerDiff.Kind;
import io.sounder.server.listener.ListenerDiff.Step;
import io.sounder.server.listener.SocketOptions;
import io.sounder.server.reactor.Listening;
import io.sounder.server.tls.TlsContext;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * From the listeners that run to others, in two parts: all that can fail, or block, is prepared
 * first, and touches nothing that runs; then the reactor does the rest at once.
 */
final class ListenerChange {
  private static final Logger LOG = LoggerFactory.getLogger(ListenerChange.class);

  private record Succession(
      RunningListener before, RunningListener after, List<DatagramPort.Service> services) {}

  private final List<RunningListener> before;
  private final ListenerDiff diff;
  private final ConnectionBudget budget;
  private final List<RunningListener> after = new ArrayList<>();
  private final List<RunningListener> added = new ArrayList<>();
  private final List<Succession> changed = new ArrayList<>();
  private final List<RunningListener> removed;
  private final Map<Listener, TlsContext> certificates = new LinkedHashMap<>();

  private ListenerChange(List<RunningListener> before, ListenerDiff diff, ConnectionBudget budget) {
    this.before = before;
    this.diff = diff;
    this.budget = budget;
    this.removed = diff.removed().stream().map(before::get).toList();
  }

  /**
   * Checks all, reads certificates, and opens what is added.
   *
   * @throws ConfigurationException if listeners ask for what cannot be had
   * @throws BindFailure if one cannot be opened
   */
  static ListenerChange prepare(
      List<RunningListener> before,
      List<ListenerSpec> wanted,
      ConnectionBudget budget,
      String hostName,
      OwnPorts ownPorts)
      throws ConfigurationException, BindFailure, IOException {
    List<ListenerSpec> running = before.stream().map(each -> each.bound().spec()).toList();
    ListenerChange change = new ListenerChange(before, ListenerDiff.of(running, wanted), budget);
    List<Optional<TlsContext>> kept = change.checkKept();
    List<BoundListener> opened = change.open();
    boolean complete = false;
    try {
      requireOwnSockets(opened);
      change.build(kept, opened.iterator(), hostName, ownPorts);
      complete = true;
      return change;
    } finally {
      if (!complete) {
        opened.forEach(BoundListener::close);
      }
    }
  }

  /** With what each step's listener speaks TLS; those that are added read that as they open. */
  private List<Optional<TlsContext>> checkKept() throws ConfigurationException {
    List<Optional<TlsContext>> checked = new ArrayList<>();
    for (Step step : diff.steps()) {
      checked.add(step.kind() == Kind.ADDED ? Optional.empty() : ListenerCheck.check(step.spec()));
    }
    return checked;
  }

  private List<BoundListener> open() throws BindFailure, ConfigurationException {
    List<ListenerSpec> specs =
        diff.steps().stream().filter(step -> step.kind() == Kind.ADDED).map(Step::spec).toList();
    try {
      return Binder.bindAll(specs);
    } catch (BindFailure e) {
      boolean mayBeOurs = !removed.isEmpty() && e.getMessage().contains("in use");
      throw mayBeOurs
          ? new BindFailure(
              e.getMessage()
                  + " (if that is a listener which this reload removes: reload without the new one first)",
              e)
          : e;
    }
  }

  /** The one that was handed over is watched already, under another way of writing its address. */
  private static void requireOwnSockets(List<BoundListener> opened) throws ConfigurationException {
    for (BoundListener each : opened) {
      if (Stream.concat(each.accepting().stream(), each.datagrams().stream())
          .anyMatch(InheritedSocket::is)) {
        throw new ConfigurationException(
            each.spec().text()
                + ": its socket was handed over under another address; write that, or restart");
      }
    }
  }

  private void build(
      List<Optional<TlsContext>> tls,
      Iterator<BoundListener> opened,
      String hostName,
      OwnPorts ownPorts)
      throws IOException {
    for (int i = 0; i < tls.size(); i++) {
      Step step = diff.steps().get(i);
      switch (step.kind()) {
        case ADDED -> {
          RunningListener begun =
              RunningListener.of(
                  opened.next(), budget.connections(step.spec()), hostName, ownPorts);
          added.add(begun);
          after.add(begun);
        }
        case CHANGED -> {
          RunningListener old = before.get(step.current());
          RunningListener successor = old.succeededBy(step.spec(), tls.get(i));
          changed.add(new Succession(old, successor, successor.services(ownPorts)));
          after.add(successor);
        }
        case UNCHANGED -> {
          RunningListener same = before.get(step.current());
          tls.get(i).ifPresent(read -> certificates.put(same.listener(), read));
          after.add(same);
        }
      }
    }
  }

  /**
   * Reactor: does it.
   *
   * @param onGone called when nothing of the removed ones is left
   */
  void apply(Listening listening, long drainNanos, Runnable onGone) {
    added.forEach(each -> each.start(listening));
    changed.forEach(each -> each.before().succeed(listening, each.after(), each.services()));
    certificates.forEach(Listener::secureWith);
    for (RunningListener each : after) {
      each.listener().limitTo(budget.connections(each.bound().spec()));
    }
    if (!removed.isEmpty()) {
      listening.remove(
          removed.stream().map(RunningListener::listener).toList(), drainNanos, onGone);
    }
  }

  /** Closes what was opened in vain. */
  void abandon() {
    added.forEach(each -> each.bound().close());
  }

  /** Says what was done, and sets on sockets that stay what is asked for now. */
  void tell() {
    for (RunningListener each : added) {
      LOG.info("listening on {}", each.listener());
      each.warn();
    }
    for (Succession each : changed) {
      LOG.info("changed {}", each.after().listener());
      setOptions(each);
      each.after().warn();
    }
    removed.forEach(each -> LOG.info("listening no longer on {}", each.listener()));
    certificates.keySet().forEach(RunningListener::warnIfExpired);
  }

  private static void setOptions(Succession each) {
    try {
      List<String> unset =
          SocketOptions.applyAgain(each.after().bound(), each.before().bound().spec());
      if (!unset.isEmpty()) {
        LOG.warn(
            "{} keeps its socket, so that {} will change with a restart only",
            each.after().listener(),
            String.join(" and ", unset));
      }
    } catch (IOException e) {
      LOG.warn("{} keeps its socket's options: {}", each.after().listener(), e.getMessage());
    }
  }

  List<RunningListener> after() {
    return after;
  }

  List<RunningListener> added() {
    return added;
  }

  /** Those that nobody has served yet: the added ones, and the successors of the changed ones. */
  List<RunningListener> begun() {
    return Stream.concat(added.stream(), changed.stream().map(Succession::after)).toList();
  }

  List<RunningListener> removed() {
    return removed;
  }

  /** For a line of the log: how many listeners were added, removed, changed, or not. */
  String summary() {
    long read = after.stream().filter(each -> each.listener().isSecure()).count();
    String counts =
        String.format(
            "%d added, %d removed, %d changed, %d unchanged",
            added.size(), removed.size(), changed.size(), diff.count(Kind.UNCHANGED));
    return read == 0 ? counts : counts + "; certificates read: " + read;
  }
}
