package io.sounder.server;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A process that was stopped and goes on must not blame its peers for the time that it lost. */
final class StoppedProcessIT {
  private static final int CONNECTIONS = 50;
  private static final Duration LONGER_THAN_THE_TIMEOUT = Duration.ofMillis(1600);

  @Test
  void answersWhatWasSentWhileItWasStoppedBeyondTheIdleTimeout() throws Exception {
    Process server =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-jar",
                System.getProperty("sounder.server.jar"),
                "tcp://127.0.0.1:0?idle-timeout=1s",
                "--admin",
                "off")
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    List<Socket> peers = new ArrayList<>();
    try {
      int port = port(server);
      for (int i = 0; i < CONNECTIONS; i++) {
        peers.add(new Socket(InetAddress.getLoopbackAddress(), port));
        assertEquals('a', echo(peers.get(i), 'a'));
      }
      signal(server, "STOP");
      for (Socket peer : peers) {
        peer.getOutputStream().write('b');
      }
      await().pollDelay(LONGER_THAN_THE_TIMEOUT).until(() -> true);
      signal(server, "CONT");
      for (Socket peer : peers) {
        peer.setSoTimeout(5000);
        assertEquals('b', peer.getInputStream().read(), "the answer after the stop, not the end");
      }
    } finally {
      for (Socket peer : peers) {
        peer.close();
      }
      server.destroyForcibly();
    }
  }

  private static int port(Process server) throws IOException {
    BufferedReader lines =
        new BufferedReader(new InputStreamReader(server.getInputStream(), StandardCharsets.UTF_8));
    String listening = lines.readLine();
    assertEquals("ready", lines.readLine());
    return Integer.parseInt(listening.substring(listening.lastIndexOf(':') + 1));
  }

  private static int echo(Socket peer, int message) throws IOException {
    peer.getOutputStream().write(message);
    return peer.getInputStream().read();
  }

  private static void signal(Process process, String name) throws Exception {
    assertEquals(
        0, new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor());
  }
}
