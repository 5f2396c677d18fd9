package io.sounder.bench.race.run;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A server that was started for the race, and has said where it listens. */
public final class ServerProcess implements AutoCloseable {
  private static final String LISTENING = "listening ";
  private static final long PATIENCE_SECONDS = 5;

  private final String name;
  private final Process process;
  private final String address;

  private ServerProcess(String name, Process process, String address) {
    this.name = name;
    this.process = process;
    this.address = address;
  }

  /**
   * Starts a server and waits until it listens.
   *
   * @param log takes what it writes to stderr
   * @throws RaceFailure if it ends without having said that it listens
   */
  public static ServerProcess start(String name, List<String> command, File log) {
    try {
      Process process =
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.appendTo(log)).start();
      // Whatever ends the race must not leave its servers behind.
      Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
      BufferedReader out =
          new BufferedReader(
              new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
      for (String line = out.readLine(); line != null; line = out.readLine()) {
        if (line.startsWith(LISTENING)) {
          String address = line.substring(LISTENING.length()).replaceFirst("^\\w+://", "");
          return new ServerProcess(name, process, address.replaceFirst("\\?.*$", ""));
        }
      }
      throw new RaceFailure(name + " did not start: see " + log);
    } catch (IOException e) {
      throw new RaceFailure(name + " cannot be started: " + e.getMessage(), e);
    }
  }

  public String name() {
    return name;
  }

  /** {@code HOST:PORT}. */
  public String address() {
    return address;
  }

  ProcessAccounts accounts() {
    return new ProcessAccounts(process.pid());
  }

  /** Ends it, and waits until it is gone. */
  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
