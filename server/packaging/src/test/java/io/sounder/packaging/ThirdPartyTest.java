package io.sounder.packaging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What the build lets into the programs must be named with its licence. */
class ThirdPartyTest {
  private static final Path ROOT = Path.of(System.getProperty("sounder.root"));

  /** Without a scope, so for more than tests. */
  private static final Pattern SHIPPED =
      Pattern.compile("<include>(?!io\\.sounder)([^:<]+:[^:<]+)</include>");

  @Test
  void namesEachLibraryThatIsShipped() throws Exception {
    String notices = Files.readString(ROOT.resolve("server/packaging/THIRD-PARTY.md"));
    List<String> shipped =
        SHIPPED
            .matcher(Files.readString(ROOT.resolve("pom.xml")))
            .results()
            .map(each -> each.group(1))
            .toList();
    assertTrue(shipped.contains("info.picocli:picocli"), shipped::toString);
    assertEquals(
        List.of(), shipped.stream().filter(each -> !notices.contains("`" + each + "`")).toList());
    assertFalse(notices.contains("junit"), "that is for tests");
  }
}
