package io.sounder.client.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;

class ErrorLineTest {
  @Command(name = "broken")
  static final class Broken implements Runnable {
    @Override
    public void run() {
      throw new IllegalStateException("this cannot\nhappen");
    }
  }

  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @Test
  void anUnexpectedExceptionIsOneLineAndExit70() {
    assertEquals(70, run());

    String line = err.toString(StandardCharsets.UTF_8);
    assertEquals(1, line.lines().count(), line);
    assertTrue(line.contains("internal error"), line);
    assertTrue(line.contains("this cannot happen"), line);
    assertTrue(line.contains("--verbose"), line);
  }

  private int run() {
    PrintStream stream = new PrintStream(err, true, StandardCharsets.UTF_8);
    ErrorLine errors = new ErrorLine(Console.of(InputStream.nullInputStream(), stream, stream));
    return new CommandLine(new Broken())
        .setExecutionExceptionHandler(errors)
        .setParameterExceptionHandler(errors)
        .execute();
  }
}
