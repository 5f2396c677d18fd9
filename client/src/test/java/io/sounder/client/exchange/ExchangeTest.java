package io.sounder.client.exchange;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sounder.client.net.Deadline;
import io.sounder.client.net.MessageLink;
import io.sounder.client.outcome.ClientFailure;
import io.sounder.client.outcome.ErrorClass;
import io.sounder.protocol.endpoint.TargetSpec;
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
    Iterator<byte[]> messages = List.of(new byte[1]).iterator();
    MessageSource oneMessage =
        () -> messages.hasNext() ? Optional.of(messages.next()) : Optional.empty();
    Exchange exchange = new Exchange(TARGET, new ResetWhileSending(), oneMessage, UNTIL_THE_END);

    ClientFailure failure = assertThrows(ClientFailure.class, () -> exchange.run(reply -> {}));

    assertEquals(ErrorClass.RESET, failure.errorClass());
  }

  /**
   * The order that the kernel allows and that no real socket can be made to take: the receiver sees
   * the end while a send is on its way, and has begun to wait for it when it fails.
   */
  private static final class ResetWhileSending implements MessageLink {
    private final Thread receiver = Thread.currentThread();
    private final CountDownLatch sending = new CountDownLatch(1);

    @Override
    public void send(ByteBuffer message) {
      sending.countDown();
      await().until(() -> receiver.getState() == Thread.State.TIMED_WAITING);
      throw new ClientFailure(ErrorClass.RESET, "reset");
    }

    @Override
    public Event receive(Deadline deadline) {
      try {
        sending.await();
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
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
