package io.sounder.client.load.script;

import static io.sounder.client.load.script.Scripted.CONNECTION;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.sounder.client.load.verify.DatagramVerifier;
import io.sounder.client.load.verify.InFlight;
import io.sounder.client.load.verify.LostRequests;
import io.sounder.client.load.verify.Replies;
import io.sounder.client.load.verify.StreamVerifier;
import io.sounder.client.load.verify.Wrong;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScriptAllocationTest {
  private static final int REQUESTS = 20_000;
  private static final ThreadMXBean THREAD = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          tcp://h:1                | PING\\r\\n | +PONG\\r\\n             | +PONG\\r\\n
          tcp://h:1                | S{hex:9}       | {n}:{random:9}\\r\\n    | {n}:{random:9}\\r\\n
          tcp://h:1                | {n}            | length:9                  | {random:9}
          tcp://h:1                | {n}            | until:\\r\\n           | line {n}\\r\\n
          tcp://h:1?framing=line   | {n}            | {n}                       | {n}
          tcp://h:1?framing=length | {n}            | length:9                  | {random:9}
          udp://h:1                | {n}            | {n} {bytes:2}             | {n} {bytes:2}
          udp://h:1                | {n}            | length:9                  | {random:9}
          udp://h:1                | {n}            | until:!                   | {random:3}!
          """)
  void nothingIsAllocatedPerRequest(String url, String message, String expect, String says) {
    Scripted scripted = new Scripted(url, message, expect, false);
    InFlight inFlight = new InFlight(1);
    Settling replies = new Settling(inFlight);
    Consumer<ByteBuffer> verifier = verifier(scripted, inFlight, replies);
    ByteBuffer sent = ByteBuffer.allocateDirect(100);
    ByteBuffer received = ByteBuffer.allocateDirect(100);
    RenderedText answers = answers(scripted, says);
    long before = 0;
    for (int i = 0; i < 2 * REQUESTS; i++) {
      if (i == REQUESTS) {
        before = THREAD.getCurrentThreadAllocatedBytes();
      }
      long sequence = inFlight.begin(i);
      int length = scripted.dialogue.request().length(CONNECTION, sequence);
      scripted.dialogue.request().write(CONNECTION, sequence, 0, length, sent.clear());
      int answerBytes = answers.length(CONNECTION, sequence);
      answers.write(CONNECTION, sequence, 0, answerBytes, received.clear());
      verifier.accept(received.flip());
    }
    long allocated = THREAD.getCurrentThreadAllocatedBytes() - before;
    assertEquals(2 * REQUESTS, replies.right);
    assertTrue(allocated < REQUESTS, allocated + " bytes for " + REQUESTS + " requests");
  }

  private static RenderedText answers(Scripted scripted, String text) {
    return new RenderedText(
        new Texts(List.of(TextTemplate.compile(text))),
        scripted.target.conversation().framing(),
        new Numbering(77, 10));
  }

  private static Consumer<ByteBuffer> verifier(
      Scripted scripted, InFlight inFlight, Replies replies) {
    if (scripted.target.endpoint().scheme().isStream()) {
      StreamVerifier stream =
          scripted.dialogue.verifiers().newStream(CONNECTION, inFlight, replies);
      return stream::take;
    }
    DatagramVerifier datagrams =
        scripted
            .dialogue
            .verifiers()
            .newDatagrams(CONNECTION, inFlight, new LostRequests(), replies);
    return datagrams::take;
  }

  /** Settles requests as a session does, and counts. */
  private static final class Settling implements Replies {
    private final InFlight inFlight;
    private int right;

    Settling(InFlight inFlight) {
      this.inFlight = inFlight;
    }

    @Override
    public void onRight(long sequence) {
      inFlight.settle(sequence);
      right++;
    }

    @Override
    public void onWrong(long sequence, Wrong wrong) {
      throw new AssertionError(wrong + " " + sequence);
    }

    @Override
    public void onUnawaited(long sequence) {
      throw new AssertionError("again " + sequence);
    }

    @Override
    public void onStray(Wrong wrong) {
      throw new AssertionError("stray " + wrong);
    }

    @Override
    public void onUnusable() {
      throw new AssertionError("unusable");
    }
  }
}
