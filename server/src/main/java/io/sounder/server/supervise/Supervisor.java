package io.sounder.server.supervise;

import java.util.Map;

/**
 * Whoever started this process and wants to know how it gets on, such as systemd (sd_notify(3)).
 * All methods may be called from any thread but the reactor's; what they say is said on a thread of
 * its own, in the order of the calls, and nothing is thrown when nobody listens.
 */
public interface Supervisor extends AutoCloseable {
  /** Nobody: what is said is dropped. */
  Supervisor NONE =
      new Supervisor() {
        @Override
        public void ready(String status) {}

        @Override
        public void watch(RoundTrip reactor) {}

        @Override
        public void reloading() {}

        @Override
        public void stopping(String status) {}

        @Override
        public void close() {}
      };

  /** A question that only a living service answers. */
  @FunctionalInterface
  interface RoundTrip {
    /** Whether it was answered within the time. */
    boolean isAnswered(long timeoutNanos) throws InterruptedException;
  }

  /** The one that this process was started by, as its environment tells; or {@link #NONE}. */
  static Supervisor ofThisProcess() {
    return of(System.getenv(), ProcessHandle.current().pid());
  }

  /**
   * The one that an environment tells of.
   *
   * @param pid of the process that was started with it
   */
  static Supervisor of(Map<String, String> environment, long pid) {
    return environment.getOrDefault("NOTIFY_SOCKET", "").isEmpty()
        ? NONE
        : new Systemd(new NotifyProgram("systemd-notify"), WatchdogPeriod.nanos(environment, pid));
  }

  /**
   * All listeners are open, at the start or after a reload.
   *
   * @param status one line for people
   */
  void ready(String status);

  /**
   * Has the process reported alive from now on, as often as the supervisor wants it; but only while
   * the reactor answers, so that one that is dead is started again.
   */
  void watch(RoundTrip reactor);

  /** The configuration is being read again; {@link #ready} follows, whatever comes of it. */
  void reloading();

  /**
   * The end has begun; said once, however often this is called.
   *
   * @param status one line for people
   */
  void stopping(String status);

  /** Waits until what was said has been passed on, but not for long; says nothing more. */
  @Override
  void close();
}
