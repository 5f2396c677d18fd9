package io.sounder.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sounder.protocol.endpoint.ListenerSpec;
import io.sounder.server.fixture.BlockingCalls;
import io.sounder.server.fixture.Peer;
import io.sounder.server.metrics.Counters;
import io.sounder.server.watch.StallPolicy;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** That a blocking call of the reactor would be seen, and that one of a worker is not meant. */
@Timeout(20)
class BlockingCallsTest {
  @ParameterizedTest
  @CsvSource({"0, true", "1, false"})
  void areSeenOnTheReactorAlone(int workers, boolean seen) throws Exception {
    ServerOptions options =
        new ServerOptions(
            List.of(ListenerSpec.parse("tcp://127.0.0.1:0")),
            workers,
            seen,
            true,
            0,
            0,
            0,
            0,
            1 << 20);
    Server server =
        Server.start(
            options,
            new Counters(),
            (listener, peer, message) -> LockSupport.parkNanos(1),
            StallPolicy.warning());
    try (Peer peer = Peer.connect(server.endpoints().get(0))) {
      peer.assertEchoes("hello");
    } finally {
      server.stop();
    }
    List<String> calls =
        BlockingCalls.take().stream().map(call -> Arrays.toString(call.getStackTrace())).toList();
    assertEquals(seen, !calls.isEmpty(), calls::toString);
    assertTrue(
        calls.stream().allMatch(stack -> stack.contains("BlockingCallsTest")), calls::toString);
  }
}
