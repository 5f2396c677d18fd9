package io.sounder.client.cli;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class InterruptsTest {
  @Test
  void aSignalIsToldToTheCommandInsteadOfEndingTheProcess() throws ReflectiveOperationException {
    AtomicInteger told = new AtomicInteger();
    try (Interrupts interrupts = Interrupts.takeOver(told::incrementAndGet)) {
      assertFalse(interrupts.requested());

      raise();

      await().until(() -> told.get() == 1);
      assertTrue(interrupts.requested());
    }
  }

  @Test
  void eachCommandHasItsOwn() throws ReflectiveOperationException {
    AtomicInteger first = new AtomicInteger();
    AtomicInteger second = new AtomicInteger();
    try (Interrupts outer = Interrupts.takeOver(first::incrementAndGet)) {
      try (Interrupts inner = Interrupts.takeOver(second::incrementAndGet)) {
        raise();
        await().until(inner::requested);
      }
      assertFalse(outer.requested(), "the inner one took it");

      raise();

      await().until(() -> first.get() == 1);
      assertTrue(second.get() == 1, "restored when the inner one closed");
    }
  }

  private static void raise() throws ReflectiveOperationException {
    Class<?> type = Class.forName("sun.misc.Signal");
    type.getMethod("raise", type)
        .invoke(null, type.getConstructor(String.class).newInstance("INT"));
  }
}
