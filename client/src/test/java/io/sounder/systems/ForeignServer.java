package io.sounder.systems;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sounder.client.fixture.Run;
import java.io.File;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.Predicate;
import org.awaitility.Awaitility;

/** Somebody else's server, as a child process on a free port of the loopback. */
final class ForeignServer implements AutoCloseable {
  private final Program program;
  private final int port;

  private ForeignServer(Program program, int port) {
    this.program = program;
    this.port = port;
  }

  /** Starts one, and waits until it accepts TCP connections. */
  static ForeignServer onTcp(IntFunction<List<String>> command) throws IOException {
    return start(command).await(ForeignServer::accepts);
  }

  /** Starts one that echoes datagrams, and waits until it does. */
  static ForeignServer echoOnUdp(IntFunction<List<String>> command) throws IOException {
    return start(command).await(ForeignServer::echoesDatagrams);
  }

  private ForeignServer await(Predicate<ForeignServer> ready) {
    try {
      Awaitility.await(program.toString()).atMost(Program.PATIENCE).until(() -> ready.test(this));
      return this;
    } catch (RuntimeException e) {
      program.close();
      throw e;
    }
  }

  private static ForeignServer start(IntFunction<List<String>> command) throws IOException {
    int port = freePort();
    List<String> line = command.apply(port);
    assumeTrue(isInstalled(line.get(0)), line.get(0) + " is not on PATH");
    return new ForeignServer(Program.start(line), port);
  }

  private static boolean isInstalled(String program) {
    String path = System.getenv("PATH");
    for (String folder : path.split(File.pathSeparator, -1)) {
      if (Files.isExecutable(Path.of(folder, program))) {
        return true;
      }
    }
    return false;
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, Loopback.port(0).getAddress())) {
      return socket.getLocalPort();
    }
  }

  private boolean accepts() {
    try (Socket socket = new Socket()) {
      socket.connect(Loopback.port(port), 1000);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private boolean echoesDatagrams() {
    return Run.of("send", target("udp"), "x", "--replies", "1").text().equals("x\n");
  }

  /** The target, with a scheme and without keys. */
  String target(String scheme) {
    return scheme + "://127.0.0.1:" + port;
  }

  /** Ends it; what it forked ends with its connections. */
  @Override
  public void close() throws IOException {
    program.close();
  }

  @Override
  public String toString() {
    return program.toString();
  }
}
