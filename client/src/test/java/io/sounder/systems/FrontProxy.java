package io.sounder.systems;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** A real HAProxy or nginx in front of our service, which speaks the PROXY protocol to it. */
final class FrontProxy implements AutoCloseable {
  private static final Path NGINX_STREAM = Path.of("/usr/lib/nginx/modules/ngx_stream_module.so");
  private static final String SYSTEM_FOLDERS = ":/usr/local/sbin:/usr/sbin"; // not on every PATH

  private final Program program;

  private FrontProxy(Program program) {
    this.program = program;
  }

  /**
   * HAProxy.
   *
   * @param fronts sections of its configuration, after the defaults
   * @param ports where it listens then
   */
  static FrontProxy haproxy(Path folder, String fronts, int... ports) throws IOException {
    String configuration =
        """
        defaults
          mode tcp
          timeout connect 5s
          timeout client 30s
          timeout server 30s
        """
            + fronts;
    Path file = Files.writeString(folder.resolve("haproxy.cfg"), configuration);
    return start(List.of(executable("haproxy"), "-db", "-f", file.toString()), ports);
  }

  /**
   * nginx.
   *
   * @param servers what is in its stream block
   */
  static FrontProxy nginx(Path folder, String servers, int... ports) throws IOException {
    String nginx = executable("nginx");
    assumeTrue(
        Files.exists(NGINX_STREAM), NGINX_STREAM + " is not installed, nginx's stream module");
    String configuration =
        """
        load_module %s;
        daemon off;
        master_process off;
        pid %s/nginx.pid;
        error_log stderr;
        events {
        }
        stream {
        %s
        }
        """
            .formatted(NGINX_STREAM, folder, servers);
    Path file = Files.writeString(folder.resolve("nginx.conf"), configuration);
    return start(
        List.of(nginx, "-e", "stderr", "-p", folder.toString(), "-c", file.toString()), ports);
  }

  private static FrontProxy start(List<String> command, int... ports) throws IOException {
    Program program = Program.start(command);
    FrontProxy proxy = new FrontProxy(program);
    try {
      for (int port : ports) {
        Awaitility.await(program.toString())
            .atMost(Program.PATIENCE)
            .until(() -> !program.isRunning() || accepts(port));
      }
      if (!program.isRunning()) {
        throw new AssertionError("it has ended: " + program);
      }
      return proxy;
    } catch (RuntimeException | AssertionError e) {
      proxy.close();
      throw e;
    }
  }

  private static boolean accepts(int port) {
    try (Socket socket = new Socket()) {
      socket.connect(Loopback.port(port), 1000);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private static String executable(String name) {
    Optional<Path> found =
        Stream.of((System.getenv("PATH") + SYSTEM_FOLDERS).split(File.pathSeparator, -1))
            .map(folder -> Path.of(folder, name))
            .filter(Files::isExecutable)
            .findFirst();
    assumeTrue(found.isPresent(), name + " is not on PATH");
    return found.orElseThrow().toString();
  }

  /** A port that is free now on both families' loopback. */
  static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket()) {
      socket.bind(new InetSocketAddress(0));
      return socket.getLocalPort();
    }
  }

  boolean isRunning() {
    return program.isRunning();
  }

  @Override
  public void close() {
    program.close();
  }

  @Override
  public String toString() {
    return program.toString();
  }
}
