package io.sounder.bench.race.run;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A server that was started for the race, and has said where it listens. */
public final class ServerProcess implements AutoCloseable {
  private static final String LISTENING = "listening ";
  private static final long MOST_START_SECONDS = 20;
  private static final long MOST_END_SECONDS = 5;

  private final String name;
  private final Process process;
  private final Thread destroyer; // whatever ends the race must not leave its servers behind
  private String address;

  private ServerProcess(String name, Process process) {
    this.name = name;
    this.process = process;
    this.destroyer = new Thread(process::destroy);
    Runtime.getRuntime().addShutdownHook(destroyer);
  }

  /**
   * Starts a server and waits until it listens.
   *
   * @param log takes what it writes to stderr
   * @throws ServerFailure if it ends without having said that it listens, or takes too long
   */
  public static ServerProcess start(String name, List<String> command, File log) {
    ServerProcess server;
    try {
      Process process =
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.appendTo(log)).start();
      server = new ServerProcess(name, process);
    } catch (IOException e) {
      throw new ServerFailure(name + " cannot be started: " + e.getMessage(), e);
    }
    try {
      server.awaitListening(log);
      return server;
    } catch (RaceFailure e) {
      server.close();
      throw e;
    }
  }

  private void awaitListening(File log) {
    FutureTask<String> reading = new FutureTask<>(this::readAddress);
    Thread reader = new Thread(reading, "address-of-" + name);
    reader.setDaemon(true);
    reader.start();
    try {
      address = reading.get(MOST_START_SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      String late = " did not say within " + MOST_START_SECONDS + " s that it listens: see ";
      throw new ServerFailure(name + late + log, e);
    } catch (ExecutionException e) {
      throw new ServerFailure(name + " cannot be read from: " + e.getCause().getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new RaceFailure("interrupted", e);
    }
    if (address == null) {
      throw new ServerFailure(name + " did not start: see " + log);
    }
  }

  /** Null if it ends first. */
  private String readAddress() throws IOException {
    BufferedReader out =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    for (String line = out.readLine(); line != null; line = out.readLine()) {
      if (line.startsWith(LISTENING)) {
        String said = line.substring(LISTENING.length());
        return said.replaceFirst("^\\w+://", "").replaceFirst("\\?.*$", "");
      }
    }
    return null;
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
      if (!process.waitFor(MOST_END_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
    try {
      Runtime.getRuntime().removeShutdownHook(destroyer);
    } catch (IllegalStateException e) {
      // The race is being ended, and the hook has run or will.
    }
  }
}
