package io.sounder.client.load;

import io.sounder.client.load.stats.LoopStatistics;
import io.sounder.client.load.verify.Expectation;
import io.sounder.client.load.verify.Verifiers;
import io.sounder.client.net.NanoClock;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Selector;
import java.util.List;

/**
 * What the sessions of a loop share. The buffers belong to whoever runs, and hold nothing from one
 * call to the next.
 *
 * @param addresses of the target, in the order in which to try them
 * @param request what is sent for each request, as it stands on the wire
 * @param readBuffer direct
 * @param writeBuffer direct
 */
record LoopContext(
    LoadPlan plan,
    List<SocketAddress> addresses,
    NanoClock clock,
    Selector selector,
    Schedule schedule,
    Pacer pacer,
    Dispatcher dispatcher,
    Lookout lookout,
    Opener opener,
    Attempts attempts,
    LoopStatistics statistics,
    Expectation request,
    Verifiers verification,
    ByteBuffer readBuffer,
    ByteBuffer writeBuffer) {

  /**
   * How many requests a session may begin of its own accord: none while others wait in line for
   * what falls due.
   */
  int mostOutOfTurn() {
    return pacer.isOpenLoop() && dispatcher.hasRoom() ? 0 : Integer.MAX_VALUE;
  }
}
