package io.sounder.client.exchange;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sounder.client.net.Deadline;
import io.sounder.client.net.MessageLink;
import io.sounder.client.outcome.ClientFailure;
import io.sounder.client.outcome.ErrorClass;
import io.sounder.protocol.endpoint.TargetSpec;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class ExchangeTest {
  private static final TargetSpec TARGET = TargetSpec.parse("tcp://127.0.0.1:7");
  private static final Exchange.Ending UNTIL_THE_END =
      new Exchange.Ending(Exchange.ANY, Exchange.FOREVER, true, false);

  @Test
  @Timeout(10)
  void aResetThatOnlyTheSenderMeetsIsAFailure() {
    for (boolean insideAMessage : new boolean[] {false, true}) {
      ResetWhileSending link = new ResetWhileSending(insideAMessage);
      Exchange exchange = new Exchange(TARGET, link, oneMessage(), UNTIL_THE_END);

      ClientFailure failure = assertThrows(ClientFailure.class, () -> exchange.run(reply -> {}));

      assertEquals(ErrorClass.RESET, failure.errorClass());
    }
  }

  private static MessageSource oneMessage() {
    Iterator<byte[]> messages = List.of(new byte[1]).iterator();
    return () -> messages.hasNext() ? Optional.of(messages.next()) : Optional.empty();
  }

  @Test
  @Timeout(10)
  void aPeerThatClosesBeforeTheInputIsTakenHasMissedIt() {
    TargetSpec echo = TargetSpec.parse("tcp://127.0.0.1:7?reply=echo");
    MessageSource input = InputSource.forTarget(new SlowInput(), echo);
    Exchange exchange = new Exchange(echo, new ClosedLink(), input, UNTIL_THE_END);

    ClientFailure failure = assertThrows(ClientFailure.class, () -> exchange.run(reply -> {}));

    assertEquals(ErrorClass.CLOSED_EARLY, failure.errorClass());
  }

  /** Input that is there, and is taken only after the receiver has begun to wait for that. */
  private static final class SlowInput extends InputStream {
    private final Thread receiver = Thread.currentThread();
    private boolean taken;

    @Override
    public int available() {
      return taken ? 0 : 1;
    }

    @Override
    public int read() {
      throw new UnsupportedOperationException("what reads it reads as much as there is");
    }

    @Override
    public int read(byte[] bytes, int offset, int length) {
      await().until(() -> receiver.getState() == Thread.State.TIMED_WAITING);
      int count = taken ? -1 : 1;
      taken = true;
      return count;
    }
  }

  /**
   * The order that the kernel allows and that no real socket can be made to take: the receiver sees
   * the end while a send is on its way, and has begun to wait for it when it fails.
   */
  private static final class ResetWhileSending extends ClosedLink {
    private final Thread receiver = Thread.currentThread();
    private final CountDownLatch sending = new CountDownLatch(1);
    private final boolean insideAMessage;

    ResetWhileSending(boolean insideAMessage) {
      this.insideAMessage = insideAMessage;
    }

    @Override
    public void send(ByteBuffer message) {
      sending.countDown();
      while (receiver.getState() != Thread.State.TIMED_WAITING) { // it gives this half a second
        Thread.onSpinWait();
      }
      throw new ClientFailure(ErrorClass.RESET, "reset");
    }

    @Override
    public Event receive(Deadline deadline) {
      try {
        sending.await();
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
      if (insideAMessage) {
        throw new ClientFailure(ErrorClass.CLOSED_EARLY, "the connection ended inside a message");
      }
      return Event.END;
    }
  }

  /** One whose peer has closed it, and which takes what is sent. */
  private static class ClosedLink implements MessageLink {
    @Override
    public void send(ByteBuffer message) {}

    @Override
    public Event receive(Deadline deadline) {
      return Event.END;
    }

    @Override
    public ByteBuffer message() {
      throw new AssertionError("there is none");
    }

    @Override
    public boolean endSending() {
      return true;
    }

    @Override
    public void wakeup() {}

    @Override
    public String remoteText() {
      return "nowhere";
    }

    @Override
    public void close() {}
  }
}
