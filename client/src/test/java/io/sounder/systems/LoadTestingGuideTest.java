package io.sounder.systems;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.sounder.client.cli.Console;
import io.sounder.client.load.LoadCommand;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** The examples in {@code docs/load-testing.md} can be pasted: {@code load} accepts them. */
class LoadTestingGuideTest {
  @Test
  void eachLoadIsOneThatCanBeRun() {
    List<RecipeCommand> loads =
        RecipeCommand.in(read().replaceAll("\\\\\n *", "")).stream()
            .filter(command -> command.name().equals("load"))
            .toList();
    assertFalse(loads.isEmpty());
    for (RecipeCommand load : loads) {
      LoadCommand command = new LoadCommand(Console.silent());
      String[] arguments = load.arguments().toArray(new String[0]);
      new CommandLine(command).parseArgs(arguments);
      assertDoesNotThrow(command::check, load.line());
    }
  }

  private static String read() {
    Path file = Path.of(System.getProperty("sounder.root"), "docs/load-testing.md");
    return assertDoesNotThrow(() -> Files.readString(file));
  }
}
