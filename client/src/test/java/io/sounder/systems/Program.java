package io.sounder.systems;

import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * A real program as a child process, driven like a user would: typed to, watched, interrupted.
 * Whatever is waited for has a deadline, and a failure shows all that the program has said.
 */
public final class Program implements AutoCloseable {
  /** How long anything may take on a machine that is busy with something else. */
  static final Duration PATIENCE = Duration.ofSeconds(30);

  private final List<String> command;
  private final Process process;
  private final Captured out;
  private final Captured err;

  private Program(List<String> command, Process process) {
    this.command = command;
    this.process = process;
    this.out = new Captured(process.getInputStream());
    this.err = new Captured(process.getErrorStream());
  }

  /** Starts it in a locale that has all characters, and for a terminal that has no escapes. */
  public static Program start(List<String> command) throws IOException {
    return start(command, Map.of());
  }

  public static Program start(List<String> command, Map<String, String> environment)
      throws IOException {
    ProcessBuilder builder = new ProcessBuilder(inOurEncoding(command));
    builder.environment().put("LC_ALL", "C.UTF-8");
    builder.environment().put("TERM", "dumb");
    builder.environment().put("PYTHONUNBUFFERED", "1");
    builder.environment().put("PYTHONDONTWRITEBYTECODE", "1");
    builder.environment().putAll(environment);
    return new Program(command, builder.start());
  }

  /**
   * A JVM passes arguments on in the encoding of its own locale, which may lack the characters. A
   * script in UTF-8 gives them to the program as they are.
   */
  private static List<String> inOurEncoding(List<String> command) throws IOException {
    if (StandardCharsets.US_ASCII.newEncoder().canEncode(String.join("", command))) {
      return command;
    }
    Path script = Files.createTempFile("command", ".sh");
    script.toFile().deleteOnExit();
    String quoted =
        command.stream()
            .map(argument -> "'" + argument.replace("'", "'\\''") + "'")
            .collect(Collectors.joining(" "));
    Files.writeString(script, "exec " + quoted + "\n");
    return List.of("/bin/sh", script.toString());
  }

  /** Types, as it is; an end of line is typed too. */
  Program type(String text) {
    try {
      OutputStream in = process.getOutputStream();
      in.write(text.getBytes(StandardCharsets.UTF_8));
      in.flush();
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(toString(), e);
    }
  }

  /** Ends its standard input. */
  Program endInput() {
    try {
      process.getOutputStream().close();
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(toString(), e);
    }
  }

  /** Sends a signal, such as {@code INT}. */
  public void signal(String name) throws IOException, InterruptedException {
    Process kill = new ProcessBuilder("kill", "-" + name, "" + process.pid()).start();
    if (kill.waitFor() != 0) {
      fail("cannot send SIG" + name + " to " + this);
    }
  }

  /** Waits until standard output is as it should be, and returns it. */
  public String awaitOut(Predicate<String> expected) throws InterruptedException {
    return out.await(expected);
  }

  /** Waits until standard output contains a text, and returns all of it. */
  public String awaitOut(String text) throws InterruptedException {
    return out.await(all -> all.contains(text));
  }

  /** Waits for a whole line that begins so, and returns what follows on it. */
  String awaitLine(String beginning) throws InterruptedException {
    return awaitOut(all -> lineFrom(all, beginning) != null)
        .lines()
        .filter(line -> line.startsWith(beginning))
        .findFirst()
        .orElseThrow()
        .substring(beginning.length());
  }

  private static String lineFrom(String all, String beginning) {
    int end = all.lastIndexOf('\n');
    return all.substring(0, Math.max(0, end))
        .lines()
        .filter(line -> line.startsWith(beginning))
        .findFirst()
        .orElse(null);
  }

  /** Waits for its end. */
  public int exitCode() throws InterruptedException {
    if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
      return fail("still running: " + this);
    }
    return process.exitValue();
  }

  /** All of its standard output, at its end. */
  public String out() throws InterruptedException {
    exitCode();
    return out.whole();
  }

  /** All of its standard error, at its end. */
  public String err() throws InterruptedException {
    exitCode();
    return err.whole();
  }

  boolean isRunning() {
    return process.isAlive();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }

  @Override
  public String toString() {
    return String.join(" ", command) + "\nstdout:\n" + out + "\nstderr:\n" + err;
  }

  /** Collects a stream on a thread of its own. */
  private final class Captured {
    private final StringBuilder text = new StringBuilder();
    private boolean ended;

    Captured(InputStream stream) {
      Thread thread = new Thread(() -> collect(stream), "output of a program");
      thread.setDaemon(true);
      thread.start();
    }

    private void collect(InputStream stream) {
      try (var reader = new java.io.InputStreamReader(stream, StandardCharsets.UTF_8)) {
        char[] piece = new char[4096];
        for (int count = reader.read(piece); count >= 0; count = reader.read(piece)) {
          append(piece, count);
        }
      } catch (IOException e) {
        append("(lost)".toCharArray(), 6); // the program was killed under our hands
      } finally {
        end();
      }
    }

    private synchronized void append(char[] piece, int count) {
      text.append(piece, 0, count);
      notifyAll();
    }

    private synchronized void end() {
      ended = true;
      notifyAll();
    }

    synchronized String await(Predicate<String> expected) throws InterruptedException {
      long deadline = System.nanoTime() + PATIENCE.toNanos();
      while (!expected.test(text.toString())) {
        long leftNanos = deadline - System.nanoTime();
        if (ended || leftNanos <= 0) {
          return fail((ended ? "ended before it said it: " : "never said it: ") + Program.this);
        }
        TimeUnit.NANOSECONDS.timedWait(this, leftNanos);
      }
      return text.toString();
    }

    synchronized String whole() throws InterruptedException {
      long deadline = System.nanoTime() + PATIENCE.toNanos();
      while (!ended && deadline - System.nanoTime() > 0) {
        TimeUnit.NANOSECONDS.timedWait(this, deadline - System.nanoTime());
      }
      return text.toString();
    }

    @Override
    public synchronized String toString() {
      return text.toString();
    }
  }
}
