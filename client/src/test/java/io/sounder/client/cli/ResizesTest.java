package io.sounder.client.cli;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ResizesTest {
  @Test
  void everySignalIsToldUntilItIsClosed() throws ReflectiveOperationException {
    AtomicInteger outer = new AtomicInteger();
    AtomicInteger inner = new AtomicInteger();
    Resizes before = Resizes.watch(outer::incrementAndGet);
    Resizes resizes = Resizes.watch(inner::incrementAndGet);
    raise();
    await().until(() -> inner.get() == 1);
    raise();
    await().until(() -> inner.get() == 2);
    resizes.close();
    raise();
    await().until(() -> outer.get() == 1);
    before.close();
    assertEquals(2, inner.get(), "not after it was closed");
  }

  private static void raise() throws ReflectiveOperationException {
    Class<?> type = Class.forName("sun.misc.Signal");
    type.getMethod("raise", type)
        .invoke(null, type.getConstructor(String.class).newInstance("WINCH"));
  }
}
