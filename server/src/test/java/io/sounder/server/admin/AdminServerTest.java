package io.sounder.server.admin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sounder.protocol.endpoint.AccessList;
import io.sounder.protocol.endpoint.Endpoint;
import io.sounder.protocol.endpoint.Scheme;
import io.sounder.server.fixture.Eventually;
import io.sounder.server.fixture.Peer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntPredicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is answered where, and that nobody can keep the others from being answered. */
@Timeout(30)
class AdminServerTest {
  private static final int THREADS = 16;
  private static final int STREAMS = 8;
  private static final byte[] BIG = new byte[16 << 20]; // more than the sockets' buffers take

  private static final String FLOOD = "tick\n".repeat(100_000);

  private final AtomicInteger ended = new AtomicInteger();
  private final CountDownLatch never = new CountDownLatch(1);
  private AdminServer admin;

  @AfterEach
  void stop() {
    admin.stop();
  }

  @Test
  void answersAtExactlyThePathsThatThereAre() throws Exception {
    serve(5_000);
    assertEquals("fine\n", body(ask("GET /fine")));
    assertEquals("fine\n", body(ask("GET /fine?a=1")));
    for (String path : new String[] {"/", "/fine/", "/fine/x", "/finest"}) {
      String lost = ask("GET " + path);
      assertTrue(lost.contains(" 404 "), path + ": " + lost);
      assertEquals(
          "there is /fine, /shout, /sum, /big, /streamed, /flood, /slow and /defect\n", body(lost));
    }
  }

  @Test
  void answersOnlyTheMethodsThatAPageHas() throws Exception {
    serve(5_000);
    String refused = ask("PUT /fine");
    assertTrue(refused.contains(" 405 ") && refused.contains("\r\nAllow: GET, HEAD\r\n"), refused);
    assertEquals("GET or HEAD\n", body(refused));
    assertEquals("", body(ask("HEAD /fine")));
    assertEquals("PUT\n", body(ask("PUT /shout")));
    assertEquals("GET, HEAD or PUT\n", body(ask("POST /shout")));
  }

  @Test
  void readsTheParametersOfAQuery() throws Exception {
    serve(5_000);
    assertEquals("a b&c|none", body(ask("GET /sum?x=a%20b%26c&x=2&=&y")));
    assertEquals("none|+%", body(ask("GET /sum?y=%2B%25")));
    assertEquals("none|none", body(ask("GET /sum")));
  }

  @Test
  void answersThatItHasADefect() throws Exception {
    serve(5_000);
    String answer = ask("GET /defect");
    assertTrue(answer.contains(" 500 "), answer);
  }

  @Test
  void letsNobodyKeepAThreadByTakingNothing() throws Exception {
    serve(1_000);
    List<Peer> idle = new ArrayList<>();
    try {
      for (int i = 0; i < THREADS; i++) {
        idle.add(Peer.connectWithSmallBuffers(endpoint()).send("GET /big HTTP/1.1\r\n\r\n"));
      }
      assertEquals("fine\n", body(ask("GET /fine")));
    } finally {
      closeAll(idle);
    }
  }

  @Test
  void cutsOffAPageThatTakesTooLong() throws Exception {
    serve(500);
    try (Peer peer = Peer.connect(endpoint()).send("GET /slow HTTP/1.1\r\n\r\n")) {
      assertEquals("", peer.readTextToEnd());
    }
    assertEquals(1, ended.get());
  }

  @Test
  void keepsThreadsForProbesWhileOthersStream() throws Exception {
    serve(5_000);
    List<Peer> watching = new ArrayList<>();
    try {
      for (int i = 0; i < STREAMS; i++) {
        watching.add(stream());
      }
      assertTrue(ask("GET /streamed").contains(" 503 "), "one too many");
      assertEquals("fine\n", body(ask("GET /fine")));
      watching.remove(0).close();
      Eventually.equal(1, "streams ended", ended::get);
      watching.add(stream());
    } finally {
      closeAll(watching);
    }
  }

  @Test
  void letsAStreamLastAsLongAsItsPeerTakesWhatItGets() throws Exception {
    serve(400);
    long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(900);
    try (Peer peer = stream()) {
      while (System.nanoTime() - until < 0) {
        readUntil(peer, next -> next == '\n');
      }
      assertEquals(0, ended.get());
    }
  }

  @Test
  void endsAStreamWhosePeerTakesNothing() throws Exception {
    serve(100);
    try (Peer peer = Peer.connectWithSmallBuffers(endpoint())) {
      peer.send("GET /flood HTTP/1.1\r\n\r\n");
      Eventually.equal(1, "streams ended", ended::get);
    }
  }

  private void serve(long maxExchangeMillis) throws IOException {
    Routes routes =
        new Routes()
            .add("/fine", question -> Answer.text(200, "fine\n"))
            .addChangeable("/shout", question -> Answer.text(200, question.method() + "\n"), "PUT")
            .add("/sum", question -> Answer.text(200, or(question, "x") + "|" + or(question, "y")))
            .add("/big", question -> Answer.of(200, "application/octet-stream", BIG))
            .add(
                "/streamed",
                question -> Answer.streaming("text/event-stream", out -> write(out, "tick\n")))
            .add("/flood", question -> Answer.streaming("text/plain", out -> write(out, FLOOD)))
            .add("/slow", this::slow)
            .add(
                "/defect",
                question -> {
                  throw new IllegalStateException("for a test");
                })
            .addPart("/part", question -> Answer.text(200, ""));
    admin =
        AdminServer.bind(
            Doorway.plain(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), AccessList.LOOPBACK),
            () -> {},
            TimeUnit.MILLISECONDS.toNanos(maxExchangeMillis));
    admin.serve(routes);
  }

  private static String or(Question question, String parameter) {
    return question.parameter(parameter).orElse("none");
  }

  private Answer slow(Question question) throws InterruptedException {
    try {
      never.await();
      return Answer.text(200, "");
    } finally {
      ended.incrementAndGet();
    }
  }

  private void write(Answer.Outflow out, String text) throws IOException, InterruptedException {
    try {
      do {
        out.write(text);
      } while (!never.await(10, TimeUnit.MILLISECONDS));
    } finally {
      ended.incrementAndGet();
    }
  }

  /** Somebody to whom something is streamed already. */
  private Peer stream() throws IOException {
    Peer peer = Peer.connect(endpoint()).send("GET /streamed HTTP/1.1\r\n\r\n");
    readUntil(peer, next -> next == 'k');
    return peer;
  }

  private static void readUntil(Peer peer, IntPredicate isLast) throws IOException {
    while (!isLast.test(peer.read(1)[0])) {
      // what comes before is not of interest
    }
  }

  private String ask(String question) throws Exception {
    try (Peer peer = Peer.connect(endpoint())) {
      peer.send(question + " HTTP/1.1\r\nConnection: close\r\nContent-Length: 0\r\n\r\n");
      return peer.readTextToEnd();
    }
  }

  private static String body(String answer) {
    return answer.substring(answer.indexOf("\r\n\r\n") + 4);
  }

  private Endpoint endpoint() {
    return Endpoint.inet(Scheme.TCP, "127.0.0.1", admin.address().getPort());
  }

  private static void closeAll(List<Peer> peers) throws IOException {
    for (Peer each : peers) {
      each.close();
    }
  }
}
