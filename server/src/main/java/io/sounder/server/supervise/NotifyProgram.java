package io.sounder.server.supervise;

import java.io.File;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Sends through the program {@code systemd-notify}, since Java 17 has no datagram sockets of the
 * Unix family. The message comes from another process than the service's main one, so its unit
 * needs {@code NotifyAccess=all}.
 */
final class NotifyProgram implements Messenger {
  private static final long PATIENCE_SECONDS = 8; // it waits for an answer itself, for up to 5 s

  private final String program;

  NotifyProgram(String program) {
    this.program = program;
  }

  @Override
  public void send(String... assignments) throws IOException, InterruptedException {
    Process process = start(assignments);
    if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new IOException(program + " does not end; look at what the NOTIFY_SOCKET is");
    }
    if (process.exitValue() != 0) {
      throw new IOException(
          program
              + " ended with "
              + process.exitValue()
              + "; look at what the NOTIFY_SOCKET is, and for NotifyAccess=all in the unit");
    }
  }

  private Process start(String... assignments) throws IOException {
    List<String> command = new ArrayList<>(List.of(program));
    command.addAll(List.of(assignments));
    try {
      // Our own streams are not its: standard input may be a socket that listens.
      return new ProcessBuilder(command)
          .redirectInput(new File("/dev/null"))
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .start();
    } catch (IOException e) {
      throw new IOException(
          program
              + " cannot be started ("
              + e.getMessage()
              + "); install systemd's tools, or say Type=exec and no WatchdogSec in the unit",
          e);
    }
  }
}
