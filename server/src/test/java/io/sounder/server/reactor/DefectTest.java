package io.sounder.server.reactor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import io.sounder.server.connection.CloseReason;
import io.sounder.server.connection.Connection;
import io.sounder.server.connection.Interest;
import io.sounder.server.connection.Request;
import io.sounder.server.fixture.LogRecorder;
import io.sounder.server.fixture.LooseConnection;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A defect of ours in what the reactor does for an owner costs one socket, and is counted. */
@Timeout(20)
class DefectTest {
  @Test
  void closesAndCountsTheSocketWithWhichItHappensAndGivesItsPlaceBack() throws Exception {
    try (LogRecorder log = LogRecorder.of(Reactor.class);
        SteppedReactor server = new SteppedReactor("tcp://127.0.0.1:0");
        LooseConnection loose = new LooseConnection("tcp://127.0.0.1:0?max-connections=1", 1024)) {
      Connection unregistered = loose.connection(); // so that it cannot be watched
      assertTrue(unregistered.listener().tryAdmit());
      unregistered.tryHand();
      unregistered.letGo(Request.WATCH, Interest.WRITE);
      server.reactor.request(unregistered);
      server.step();
      assertEquals(1, server.counters.closed(CloseReason.INTERNAL_ERROR));
      assertTrue(unregistered.isClosed(), "nobody may have it any more");
      assertTrue(unregistered.listener().tryAdmit(), "its place is free again");
      assertEquals(1, log.lines(Level.ERROR).size());
    }
  }
}
