package io.sounder.packaging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is written for an installation, as the shells and man take it. */
@Timeout(60)
class InstallationTest {
  private static final Pattern WORDS = Pattern.compile("\\s+");
  private static final Pattern COLON = Pattern.compile(File.pathSeparator, Pattern.LITERAL);
  private static final List<String> COMMANDS =
      List.of("serve", "load", "ping", "talk", "send", "check", "time", "report", "demo");

  @TempDir private static Path share;

  @BeforeAll
  static void write() throws Exception {
    Main.write(share, "1.2.3");
  }

  @Test
  void thereIsAPageForEachCommandOfTheLauncher() throws Exception {
    String overview = Files.readString(page("sounder"));
    for (String each : COMMANDS) {
      String page = Files.readString(page("sounder-" + each));
      for (String section : List.of("NAME", "SYNOPSIS", "DESCRIPTION", "OPTIONS", "EXAMPLES")) {
        assertTrue(page.contains("\n.SH " + section + "\n"), () -> each + ": no " + section);
      }
      assertTrue(overview.contains("\\fBsounder\\-" + each + "\\fR(1)"), each);
      assertTrue(page.contains("Sounder 1.2.3"), each);
    }
  }

  @Test
  void manFindsNothingToComplainOfInThem() throws Exception {
    assumeOnPath("man");
    String pages = share.resolve("man/man1").toString();
    String complaints =
        run(
            "sh",
            "-c",
            "LC_ALL=C.UTF-8 man --warnings -l -Tutf8 -Z " + pages + "/* 2>&1 >/dev/null");
    assertEquals("", complaints);
  }

  @ParameterizedTest
  @ValueSource(strings = {"--lame-duck", "--drain-timeout", "--workers"})
  void anOptionStandsInItsPageAsItIsTyped(String option) throws Exception {
    assertTrue(
        Files.readString(page("sounder-serve")).contains(option.replace("-", "\\-")), option);
  }

  @ParameterizedTest
  @CsvSource({
    "sounder, serve load ping talk send check time report demo help",
    "sounder serve --dr, --drain-timeout",
    "sounder load --sl, --slo",
    "sounder help ch, check"
  })
  void bashCompletes(String typed, String expected) throws Exception {
    String script = share.resolve("bash-completion/completions/sounder").toString();
    boolean isNewWord = typed.equals("sounder");
    String words = (isNewWord ? typed + " ''" : typed).replace("''", "\"\"");
    String asked =
        "source "
            + script
            + "; COMP_WORDS=("
            + words
            + "); COMP_CWORD=$((${#COMP_WORDS[@]}-1)); _complete_sounder; printf '%s\\n' \"${COMPREPLY[@]}\"";
    assertCompletes(expected, run("bash", "-c", asked));
  }

  @ParameterizedTest
  @CsvSource({
    "'sounder ', serve load ping talk send check time report demo help",
    "sounder serve --dr, --drain-timeout",
    "sounder load --sl, --slo",
    "'sounder help ch', check",
    "'sounder serve --assist ', auto off",
    "'sounder ping t', tcp:// tls://"
  })
  void fishCompletes(String typed, String expected) throws Exception {
    assumeOnPath("fish");
    String script = share.resolve("fish/vendor_completions.d/sounder.fish").toString();
    assertCompletes(
        expected,
        run("fish", "--no-config", "-c", "source " + script + "; complete -C '" + typed + "'"));
  }

  @ParameterizedTest
  @CsvSource({
    "'sounder ', serve load ping talk send check time report demo help",
    "sounder serve --dr, --drain-timeout",
    "'sounder serve --assist ', auto off"
  })
  void zshCompletes(String typed, String expected) throws Exception {
    assumeOnPath("zsh");
    assumeOnPath("python3");
    Path script =
        Path.of(
            System.getProperty("sounder.root"),
            "server/packaging/src/test/resources/complete_in_zsh.py");
    assertCompletes(
        expected,
        run("python3", script.toString(), share.resolve("zsh/site-functions").toString(), typed));
  }

  /** All of them are offered, and at the beginning of a line. */
  private static void assertCompletes(String expected, String offered) {
    List<String> words = offered.lines().flatMap(WORDS::splitAsStream).toList();
    WORDS
        .splitAsStream(expected)
        .forEach(
            each -> assertTrue(words.contains(each), () -> each + " is not among: " + offered));
  }

  private static Path page(String name) {
    return share.resolve("man/man1").resolve(name + ".1");
  }

  private static String run(String... command) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectInput(new File("/dev/null"))
            .start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), () -> Arrays.toString(command) + ": " + said);
    return said;
  }

  private static void assumeOnPath(String program) {
    assumeTrue(
        COLON
            .splitAsStream(System.getenv("PATH"))
            .anyMatch(each -> Files.isExecutable(Path.of(each, program))),
        program + " is not on PATH");
  }
}
