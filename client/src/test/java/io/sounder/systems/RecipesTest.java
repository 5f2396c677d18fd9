package io.sounder.systems;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sounder.protocol.endpoint.ListenerSpec;
import io.sounder.protocol.endpoint.TargetSpec;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The recipes can be pasted: what stands in {@code docs/recipes.md} is what the grammar allows. */
class RecipesTest {
  private final String page = read();
  private final List<RecipeCommand> commands = RecipeCommand.in(page);

  private static String read() {
    Path file = Path.of(System.getProperty("sounder.root"), "docs/recipes.md");
    return assertDoesNotThrow(() -> Files.readString(file));
  }

  @Test
  void eachListenerOfEachServerIsOne() {
    List<RecipeCommand> servers =
        commands.stream().filter(command -> command.name().equals("serve")).toList();
    assertFalse(servers.isEmpty());
    for (RecipeCommand server : servers) {
      assertFalse(server.urls().isEmpty(), server::line);
      server.urls().forEach(url -> assertDoesNotThrow(() -> ListenerSpec.parse(url), url));
    }
  }

  @Test
  void eachOtherCommandHasOneTarget() {
    List<RecipeCommand> clients =
        commands.stream().filter(command -> !command.name().equals("serve")).toList();
    assertFalse(clients.isEmpty());
    for (RecipeCommand client : clients) {
      assertEquals(1, client.urls().size(), client::line);
      assertDoesNotThrow(() -> TargetSpec.parse(client.urls().get(0)), client.line());
    }
  }

  @Test
  void eachUrlIsInQuotes() {
    for (RecipeCommand command : commands) {
      for (String url : command.urls()) {
        assertTrue(
            command.line().contains("'" + url + "'") || command.line().contains("\"" + url + "\""),
            command::line);
      }
    }
  }

  @Test
  void eachClassicProgramHasItsRecipe() {
    List<Integer> missing =
        IntStream.rangeClosed(1, 23)
            .filter(n -> !page.contains("\n### " + n + ". "))
            .boxed()
            .toList();
    assertEquals(List.of(), missing);
  }

  @Test
  void eachOriginalThatIsNamedIsThere() {
    List<String> named =
        Pattern.compile("client/src/test/resources/systems/\\w+\\.py")
            .matcher(page)
            .results()
            .map(MatchResult::group)
            .toList();
    assertFalse(named.isEmpty());
    named.forEach(
        script ->
            assertTrue(Files.exists(Path.of(System.getProperty("sounder.root"), script)), script));
  }
}
