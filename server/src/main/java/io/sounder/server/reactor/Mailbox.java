package io.sounder.server.reactor;

import io.sounder.server.connection.Handoff;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/**
 * What other threads ask of the reactor: sockets whose owners have let go of them, and now and then
 * something to run. Sockets are linked through themselves, so posting one allocates nothing; each
 * can be in here only once, since whoever posts it owns it no longer.
 */
final class Mailbox {
  private final AtomicReference<Handoff> latest = new AtomicReference<>();
  private final Queue<Runnable> calls = new ConcurrentLinkedQueue<>();

  /** Any thread. */
  void post(Handoff letGo) {
    Handoff before;
    do {
      before = latest.get();
      letGo.next(before);
    } while (!latest.compareAndSet(before, letGo));
  }

  /** Any thread. */
  void post(Runnable call) {
    calls.add(call);
  }

  boolean isEmpty() {
    return latest.get() == null && calls.isEmpty();
  }

  /** Reactor: takes out all there is, in the order of posting. */
  void deliver(Consumer<Handoff> onLetGo) {
    if (latest.get() != null) {
      Handoff first = reversed(latest.getAndSet(null));
      while (first != null) {
        Handoff following = first.next();
        first.next(null);
        onLetGo.accept(first);
        first = following;
      }
    }
    for (Runnable call = calls.poll(); call != null; call = calls.poll()) {
      call.run();
    }
  }

  private static Handoff reversed(Handoff last) {
    Handoff reversed = null;
    while (last != null) {
      Handoff before = last.next();
      last.next(reversed);
      reversed = last;
      last = before;
    }
    return reversed;
  }
}
