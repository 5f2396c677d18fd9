package io.sounder.client.demo;

import io.sounder.client.outcome.ClientFailure;
import io.sounder.client.outcome.ErrorClass;
import io.sounder.client.outcome.ExitCode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A server in a process of its own that cannot outlive us. A shell stands between: it holds the
 * reading end of a pipe whose other end is ours, and when that closes, because we ask for the stop
 * or because we are gone, however that came, it sends SIGTERM to the server. The server does not
 * see a Ctrl-C at our terminal, so that it serves until the load has ended.
 */
final class ServerChild implements AutoCloseable {
  private static final String LISTENING = "listening ";
  private static final String READY = "ready";
  private static final int LOG_LINES_KEPT = 20;

  /** Where a class-data archive for the server's jar and our Java is, or may be. */
  private static final String ARCHIVE_PROPERTY = "sounder.server.archive";

  /** $@ is the server's command line. Its exit code becomes the shell's. */
  private static final String KEEPER =
      """
      trap '' INT
      "$@" </dev/null &
      server=$!
      exec >&- 2>&-
      read -r stop
      kill -TERM "$server"
      wait "$server"
      """;

  private final Process shell;
  private final Deque<String> lastLogLines = new ArrayDeque<>(); // guarded by itself
  private final CompletableFuture<List<String>> listening = new CompletableFuture<>();

  /** Starts a server's jar with the Java that runs us. */
  ServerChild(Path jar, List<String> arguments) {
    List<String> command = new ArrayList<>(List.of("/bin/sh", "-c", KEEPER, "sh"));
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "-XX:+DisplayVMOutputToStderr",
            "-Xlog:disable",
            "-Xlog:all=warning,cds*=off:stderr",
            "-Xshare:auto", // the flags from here are the launcher's, for their own reasons
            "-XX:+UseParallelGC",
            "-XX:AutoBoxCacheMax=16383",
            "-Djdk.nio.maxCachedBufferSize=262144"));
    String archive = System.getProperty(ARCHIVE_PROPERTY, "");
    if (Files.isRegularFile(Path.of(archive))) {
      command.add("-XX:SharedArchiveFile=" + archive);
    }
    command.addAll(List.of("-jar", jar.toString()));
    command.addAll(arguments);
    try {
      shell = new ProcessBuilder(command).start();
    } catch (IOException e) {
      throw new ClientFailure(
          ErrorClass.IO,
          ExitCode.INTERNAL,
          "cannot start the server: " + e.getMessage() + "; the demo needs /bin/sh",
          e);
    }
    startReading("server-output", this::readOutput);
    startReading("server-log", this::readLog);
  }

  private interface Reading {
    void run() throws IOException;
  }

  private static void startReading(String name, Reading reading) {
    Thread thread =
        new Thread(
            () -> {
              try {
                reading.run();
              } catch (IOException e) {
                return; // the server is gone, and with it what it had to say
              }
            },
            name);
    thread.setDaemon(true);
    thread.start();
  }

  /** Reads to the end, so that the server never waits for us; the end means that it has exited. */
  private void readOutput() throws IOException {
    List<String> endpoints = new ArrayList<>();
    try (BufferedReader lines = shell.inputReader(StandardCharsets.UTF_8)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.startsWith(LISTENING)) {
          endpoints.add(line.substring(LISTENING.length()));
        } else if (line.equals(READY)) {
          listening.complete(List.copyOf(endpoints));
        }
      }
    } finally {
      listening.completeExceptionally(new IOException("it ended before it was ready"));
    }
  }

  private void readLog() throws IOException {
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(shell.getErrorStream(), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        synchronized (lastLogLines) {
          lastLogLines.add(line);
          if (lastLogLines.size() > LOG_LINES_KEPT) {
            lastLogLines.remove();
          }
        }
      }
    }
  }

  /**
   * Waits until the server is ready.
   *
   * @return where it listens, in the order of its arguments
   * @throws ClientFailure if it is not ready in time
   */
  List<String> awaitReady(long timeoutNanos) {
    try {
      return listening.get(timeoutNanos, TimeUnit.NANOSECONDS);
    } catch (ExecutionException | TimeoutException e) {
      String why =
          e instanceof TimeoutException ? "it is not ready in time" : e.getCause().getMessage();
      throw new ClientFailure(
          ErrorClass.IO,
          ExitCode.INTERNAL,
          "the demo's server does not start: " + why + lastLog(),
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ClientFailure(
          ErrorClass.IO, ExitCode.INTERRUPTED, "interrupted while the server was starting", e);
    }
  }

  private String lastLog() {
    synchronized (lastLogLines) {
      return lastLogLines.isEmpty() ? "" : ": " + lastLogLines.getLast();
    }
  }

  /**
   * Asks the server to stop, and waits.
   *
   * @return its exit code, or -1 if it had to be killed
   */
  int stop(long timeoutNanos) {
    try {
      shell.getOutputStream().close();
      if (shell.waitFor(timeoutNanos, TimeUnit.NANOSECONDS)) {
        return shell.exitValue();
      }
    } catch (IOException e) {
      kill(); // the pipe was broken already: the shell is gone
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    kill();
    return -1;
  }

  private void kill() {
    shell.descendants().forEach(ProcessHandle::destroyForcibly);
    shell.destroyForcibly();
  }

  @Override
  public void close() {
    if (shell.isAlive()) {
      kill();
    }
  }
}
