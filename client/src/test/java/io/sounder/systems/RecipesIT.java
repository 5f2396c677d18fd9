package io.sounder.systems;

import static io.sounder.systems.Programs.serve;
import static io.sounder.systems.Programs.sounder;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The flags in {@code docs/recipes.md} are those of the programs. */
class RecipesIT {
  @Test
  void eachFlagIsInTheHelpOfItsCommand() throws Exception {
    Path page = Path.of(System.getProperty("sounder.root"), "docs/recipes.md");
    Map<String, TreeSet<String>> flags = new TreeMap<>();
    for (RecipeCommand command : RecipeCommand.in(Files.readString(page))) {
      flags.computeIfAbsent(command.name(), name -> new TreeSet<>()).addAll(command.flags());
    }
    assertFalse(flags.isEmpty());

    for (Map.Entry<String, TreeSet<String>> command : flags.entrySet()) {
      try (Program help = Program.start(help(command.getKey()))) {
        assertEquals(0, help.exitCode(), help::toString);
        String text = help.out();
        for (String flag : command.getValue()) {
          assertTrue(text.contains("  " + flag), () -> flag + " in " + help);
        }
      }
    }
  }

  private static List<String> help(String command) {
    return command.equals("serve") ? serve("--help") : sounder(command, "--help");
  }
}
