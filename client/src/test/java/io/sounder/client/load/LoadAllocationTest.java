package io.sounder.client.load;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.sounder.client.load.rate.ArrivalProcess;
import io.sounder.client.load.rate.RateProfile;
import io.sounder.client.load.script.Script;
import io.sounder.client.load.stats.Interval;
import io.sounder.client.net.NanoClock;
import io.sounder.client.report.Progress;
import io.sounder.protocol.endpoint.Scheme;
import io.sounder.protocol.endpoint.TargetSpec;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the event loop allocates while it runs: what the counts of an interval take, not more. */
class LoadAllocationTest {
  private static final int CONNECTIONS = 16;
  private static final long MOST_BYTES_PER_INTERVAL = 64 << 10;

  private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private final List<Long> allocated = new ArrayList<>();
  private final List<Long> answered = new ArrayList<>();

  private final Progress watcher =
      new Progress() {
        @Override
        public long intervalNanos() {
          return 1_000_000_000L;
        }

        @Override
        public void connecting(int open, int asked) {}

        @Override
        public void interval(Interval interval) {
          allocated.add(loopBytes());
          answered.add(interval.counts().ok());
        }

        @Override
        public void finish() {}
      };

  @ParameterizedTest
  @CsvSource({"TCP, 0", "TCP, 20000", "UDP, 0"})
  void aRequestAllocatesNothing(Scheme scheme, int rate) throws Exception {
    try (TestPeer peer = new TestPeer(scheme, 64, (number, request, port) -> port.send(request))) {
      Pace pace =
          rate == 0 ? null : new Pace(RateProfile.constant(rate), ArrivalProcess.UNIFORM, 1);
      LoadPlan plan =
          new LoadPlan(
              TargetSpec.parse(peer.url()),
              CONNECTIONS,
              4_000_000_000L,
              LoadPlan.UNLIMITED,
              64,
              1,
              1,
              0,
              5_000_000_000L,
              pace,
              ConnectionLife.DEFAULT,
              null,
              Script.EMPTY);
      new LoadRun(plan, NanoClock.SYSTEM, watcher).execute();
    }
    long bytes = allocated.get(3) - allocated.get(2);
    long requests = answered.get(3);
    assertTrue(requests > 3_000, requests + " requests in a second");
    assertTrue(bytes < MOST_BYTES_PER_INTERVAL + requests / 10, bytes + " bytes, " + requests);
  }

  private long loopBytes() {
    for (ThreadInfo thread : threads.getThreadInfo(threads.getAllThreadIds())) {
      if (thread != null && thread.getThreadName().equals("load")) {
        return threads.getThreadAllocatedBytes(thread.getThreadId());
      }
    }
    return 0;
  }
}
