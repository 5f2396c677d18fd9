package io.sounder.systems;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * One process of our service for all tests of a class, with {@code --show}. At the end it is asked
 * to stop, and must do so in order and without having warned of anything.
 */
public final class OurServer implements BeforeAllCallback, AfterAllCallback {
  /** A warning that depends on where the tests run, and says nothing about them. */
  static final String FEW_DESCRIPTORS = "the limit of open files leaves";

  private final List<String> listeners;
  private final Map<String, String> endpoints = new HashMap<>();
  private Program program;

  private OurServer(List<String> listeners) {
    this.listeners = listeners;
  }

  /** A service with these listeners, each with port 0. */
  static OurServer with(String... listeners) {
    return new OurServer(List.of(listeners));
  }

  @Override
  public void beforeAll(ExtensionContext context) throws Exception {
    List<String> arguments = new ArrayList<>(listeners);
    arguments.addAll(List.of("--show", "--admin", "off", "--stats", "off"));
    program = Program.start(Programs.serve(arguments.toArray(String[]::new)));
    List<String> bound = listening(program);
    assertEquals(listeners.size(), bound.size(), program::toString);
    for (int i = 0; i < bound.size(); i++) {
      endpoints.put(listeners.get(i), bound.get(i));
    }
  }

  /** The endpoints that a starting service prints, once it is ready. */
  public static List<String> listening(Program server) throws InterruptedException {
    return server
        .awaitOut(all -> all.endsWith("ready\n") || all.contains("\nready\n"))
        .lines()
        .filter(line -> line.startsWith("listening "))
        .map(line -> line.substring("listening ".length()))
        .toList();
  }

  /** Where a listener is, such as {@code tcp://127.0.0.1:43210}. */
  String endpoint(String listener) {
    return endpoints.get(listener);
  }

  /** The process, whose standard output shows each message. */
  Program program() {
    return program;
  }

  @Override
  public void afterAll(ExtensionContext context) throws Exception {
    try (Program stopping = program) {
      stopping.signal("TERM");
      assertEquals(0, stopping.exitCode(), stopping::toString);
      List<String> warnings =
          stopping
              .err()
              .lines()
              .filter(line -> line.contains(" WARN ") || line.contains(" ERROR "))
              .filter(line -> !line.contains(FEW_DESCRIPTORS))
              .toList();
      assertEquals(List.of(), warnings, stopping::toString);
    }
  }
}
