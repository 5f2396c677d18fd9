package io.sounder.bench.race;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What is wrong is said in one line, before anything is started: there is nothing to start here.
 */
class RaceUsageTest {
  @TempDir private Path bench;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          --shapes=nine                   | race: no shape 'nine'
          --rounds=0                      | race: --rounds and --seconds must be above 0
          --seconds=0                     | race: --rounds and --seconds must be above 0
          --from=no-such-file             | race: cannot read
          --json=no-such-folder/race.json | race: cannot write
          """)
  void saysInOneLineWhatIsWrong(String argument, String complaint) {
    StringWriter said = new StringWriter();
    int exitCode =
        Race.commandLine()
            .setErr(new PrintWriter(said))
            .execute("--bench", bench.toString(), argument);
    assertEquals(1, exitCode);
    assertEquals(1, said.toString().lines().count(), said::toString);
    assertTrue(said.toString().startsWith(complaint), said::toString);
  }
}
