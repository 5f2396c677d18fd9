package io.sounder.server;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.sounder.server.connection.NanoClock;
import io.sounder.server.fixture.Eventually;
import io.sounder.server.fixture.Peer;
import io.sounder.server.fixture.RunningServer;
import io.sounder.server.fixture.UdpPeer;
import io.sounder.server.inspect.Inspector;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What the reactor and the workers allocate for a request, by the JVM's own count for each thread;
 * over a million requests in all, some of them so that each is a cycle of its own.
 */
@Timeout(60)
class AllocationTest {
  private static final int WARM_UP_REQUESTS = 20_000;

  /** Room for what happens now and then, and not for each request. */
  private static final double MOST_BYTES_PER_REQUEST = 0.5;

  /** The JDK makes an address for each datagram that is not from the last one's sender. */
  private static final double MOST_BYTES_PER_DATAGRAM = 128;

  private static final String TEXT = "0123456789abcdef".repeat(4);

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  /** Requests from all sockets at once, and all of their replies. */
  private interface Round {
    void run() throws IOException;
  }

  @ParameterizedTest
  @CsvSource({
    "framing=raw,           true,  64,  1, 300000",
    "framing=raw,           true,   1,  1, 50000",
    "framing=raw,           false, 64,  1, 100000",
    "framing=line&reply=ok, true,  16, 16, 250000",
    "framing=length,        true,  16, 16, 250000",
    "inspect=on,            true,  64,  1, 100000"
  })
  void nothingOverTcp(String keys, boolean assist, int connections, int pipelined, int requests)
      throws Exception {
    byte[] request = request(keys).repeat(pipelined).getBytes(StandardCharsets.UTF_8);
    byte[] reply = reply(keys).repeat(pipelined).getBytes(StandardCharsets.UTF_8);
    try (RunningServer server = start(keys, assist)) {
      List<Peer> peers = new ArrayList<>();
      for (int i = 0; i < connections; i++) {
        peers.add(server.connect());
      }
      Round round =
          () -> {
            for (Peer peer : peers) {
              peer.send(request);
            }
            for (Peer peer : peers) {
              assertArrayEquals(reply, peer.read(reply.length));
            }
          };
      double bytes = bytesPerRequest(server, round, connections * pipelined, requests);
      for (Peer peer : peers) {
        peer.close();
      }
      assertTrue(bytes < MOST_BYTES_PER_REQUEST, () -> bytes + " bytes per request");
    }
  }

  /** One that may be inspected has somebody who would, if anybody watched. */
  private static RunningServer start(String keys, boolean assist) throws Exception {
    String listener = "tcp://127.0.0.1:0?" + keys;
    return keys.startsWith("inspect")
        ? RunningServer.observed(
            new Inspector(NanoClock.SYSTEM, InstantSource.system()), 1, listener)
        : RunningServer.with(1, assist, listener);
  }

  private static String request(String keys) {
    return switch (keys) {
      case "framing=raw", "inspect=on" -> TEXT;
      case "framing=line&reply=ok" -> TEXT + "\n";
      case "framing=length" -> "\0\0\0" + (char) TEXT.length() + TEXT;
      default -> throw new IllegalArgumentException(keys);
    };
  }

  private static String reply(String keys) {
    return keys.endsWith("reply=ok") ? "OK..." + request(keys) : request(keys);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "udp://127.0.0.1:0",
        "udp://127.0.0.1:0?rate-limit=1M&rate-limit-total=1M&loop-breaker=on"
      })
  void onlyTheSendersAddressOverUdp(String listener) throws Exception {
    int sockets = 64;
    byte[] request = TEXT.getBytes(StandardCharsets.UTF_8);
    try (RunningServer server = RunningServer.with(1, true, listener)) {
      List<UdpPeer> peers = new ArrayList<>();
      for (int i = 0; i < sockets; i++) {
        peers.add(UdpPeer.to(server.endpoint()));
      }
      Round round =
          () -> {
            request[0]++; // the same for ever would be a loop
            for (UdpPeer peer : peers) {
              peer.send(request);
            }
            for (UdpPeer peer : peers) {
              assertArrayEquals(request, peer.receive());
            }
          };
      double bytes = bytesPerRequest(server, round, sockets, 100_000);
      for (UdpPeer peer : peers) {
        peer.close();
      }
      assertTrue(bytes <= MOST_BYTES_PER_DATAGRAM, () -> bytes + " bytes per request");
    }
  }

  /** Runs until all is there that is made once, and then so many requests; the mean of these. */
  private static double bytesPerRequest(
      RunningServer server, Round round, int requestsPerRound, int requests) throws IOException {
    long[] threads = serverThreads();
    int warmUpRounds = WARM_UP_REQUESTS / requestsPerRound;
    int rounds = requests / requestsPerRound;
    run(round, warmUpRounds);
    long before = allocatedBytes(threads);
    run(round, rounds);
    long bytes = allocatedBytes(threads) - before;
    long all = (long) (warmUpRounds + rounds) * requestsPerRound;
    Eventually.equal(all, "requests", server::messages);
    return (double) bytes / (rounds * requestsPerRound);
  }

  private static void run(Round round, int rounds) throws IOException {
    for (int i = 0; i < rounds; i++) {
      round.run();
    }
  }

  /** Of the one server that runs: a reactor and a worker; those of an earlier one may yet end. */
  private static long[] serverThreads() {
    Eventually.equal(2, "threads of the server", () -> findServerThreads().length);
    return findServerThreads();
  }

  private static long[] findServerThreads() {
    return Arrays.stream(THREADS.getThreadInfo(THREADS.getAllThreadIds()))
        .filter(info -> info != null && info.getThreadName().matches("reactor|worker-\\d+"))
        .mapToLong(ThreadInfo::getThreadId)
        .toArray();
  }

  private static long allocatedBytes(long[] threads) {
    return Arrays.stream(THREADS.getThreadAllocatedBytes(threads)).sum();
  }
}
