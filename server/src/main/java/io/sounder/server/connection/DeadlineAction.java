package io.sounder.server.connection;

/** What the reactor does when a deadline of a connection has passed. */
@FunctionalInterface
public interface DeadlineAction {
  void onDeadline(Connection connection, long nowNanos);
}
