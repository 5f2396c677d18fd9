package io.sounder.client.cli;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

class ResizesTest {
  private final List<String> told = new CopyOnWriteArrayList<>();

  @Test
  void changesAreToldWhenTheyBeginAndWhenTheyHaveSettled() throws ReflectiveOperationException {
    Resizes resizes = Resizes.watch(() -> told.add("begin"), () -> told.add("settled"));
    for (int i = 0; i < 10; i++) {
      raise();
    }
    await().until(() -> !told.isEmpty() && told.get(told.size() - 1).equals("settled"));
    assertTrue(told.size() < 20, "several signals, one change: " + told);
    int before = told.size();

    raise();

    await().until(() -> told.size() == before + 2);
    assertEquals(List.of("begin", "settled"), told.subList(before, before + 2));
    resizes.close();
  }

  @Test
  void whoWatchedBeforeWatchesAgain() throws ReflectiveOperationException {
    Resizes outer = Resizes.watch(() -> {}, () -> told.add("outer"));
    Resizes inner = Resizes.watch(() -> {}, () -> told.add("inner"));
    raise();
    await().until(() -> told.equals(List.of("inner")));
    inner.close();

    raise();

    await().until(() -> told.equals(List.of("inner", "outer")));
    outer.close();
  }

  private static void raise() throws ReflectiveOperationException {
    Class<?> type = Class.forName("sun.misc.Signal");
    type.getMethod("raise", type)
        .invoke(null, type.getConstructor(String.class).newInstance("WINCH"));
  }
}
