package io.sounder.systems;

import static io.sounder.client.fixture.Loopback.V4;
import static io.sounder.client.fixture.Loopback.V6;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The service behind a real HAProxy and a real nginx knows for whom they speak. */
@Timeout(120)
class ProxyProtocolIT {
  private static final String WHOAMI =
      "tcp://127.0.0.1:0?framing=line&reply=whoami&proxy-protocol=required";
  private static final String ECHO = "tcp://127.0.0.1:0?proxy-protocol=required";
  private static final String CHOOSY =
      "tcp://127.0.0.1:0?framing=line&greeting=welcome%0A&proxy-protocol=required&allow=127.0.0.2";
  private static final Path SOCKET = temporaryFolder().resolve("s");
  private static final String OVER_UNIX =
      "unix://" + SOCKET + "?framing=line&reply=whoami&proxy-protocol=required";

  private static final String[] HAPROXY_VERSIONS = {
    "send-proxy", "send-proxy-v2", "send-proxy-v2 proxy-v2-options crc32c"
  };

  @RegisterExtension static final OurServer OURS = OurServer.with(WHOAMI, ECHO, CHOOSY, OVER_UNIX);

  private static Path temporaryFolder() {
    try {
      return Files.createTempDirectory("sounder");
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static String address(String listener) {
    return "127.0.0.1:" + URI.create(OURS.endpoint(listener)).getPort();
  }

  /** Sections of HAProxy: on both families, to one server. */
  private static String section(int port, String server, String options) {
    return "listen on-%d%n  bind 127.0.0.1:%d%n  bind [::1]:%d%n  server sounder %s %s%n"
        .formatted(port, port, port, server, options);
  }

  private static String nginxServer(int port, String server) {
    return "server { listen 127.0.0.1:%d; listen [::1]:%d; proxy_pass %s; proxy_protocol on; }%n"
        .formatted(port, port, server);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2})
  void whoamiNamesTheClientOfHaproxy(int version, @TempDir Path folder) throws Exception {
    int overTcp = FrontProxy.freePort();
    int overUnix = FrontProxy.freePort();
    String options = HAPROXY_VERSIONS[version];
    String sections =
        section(overTcp, address(WHOAMI), options) + section(overUnix, "unix@" + SOCKET, options);
    try (FrontProxy proxy = FrontProxy.haproxy(folder, sections, overTcp, overUnix)) {
      assertNamesItsClients(proxy, overTcp, overUnix);
    }
  }

  @Test
  void whoamiNamesTheClientOfNginx(@TempDir Path folder) throws Exception {
    int overTcp = FrontProxy.freePort();
    int overUnix = FrontProxy.freePort();
    String servers =
        nginxServer(overTcp, address(WHOAMI)) + nginxServer(overUnix, "unix:" + SOCKET);
    try (FrontProxy proxy = FrontProxy.nginx(folder, servers, overTcp, overUnix)) {
      assertNamesItsClients(proxy, overTcp, overUnix);
    }
  }

  private static void assertNamesItsClients(FrontProxy proxy, int... ports) throws Exception {
    for (int port : ports) {
      for (InetAddress host : List.of(V4, V6)) {
        try (Socket client = new Socket(host, port)) {
          String said = ask(client, "who am I");
          assertNotNull(said, proxy::toString);
          JsonNode whoami = new ObjectMapper().readTree(said);
          assertEquals(text(client.getLocalSocketAddress()), whoami.get("peer").asText());
          assertEquals(text(client.getRemoteSocketAddress()), whoami.get("local").asText());
          OURS.program().awaitOut(" " + text(client.getLocalSocketAddress()) + " 8 who am I");
        }
      }
    }
  }

  private static String ask(Socket client, String question) throws IOException {
    client.getOutputStream().write((question + "\n").getBytes(StandardCharsets.UTF_8));
    return reader(client).readLine();
  }

  private static BufferedReader reader(Socket client) throws IOException {
    return new BufferedReader(
        new InputStreamReader(client.getInputStream(), StandardCharsets.UTF_8));
  }

  private static String text(SocketAddress address) {
    InetSocketAddress inet = (InetSocketAddress) address;
    String host = inet.getAddress().getHostAddress();
    return (host.equals("0:0:0:0:0:0:0:1") ? "[::1]" : host) + ":" + inet.getPort();
  }

  /** Health checks say LOCAL, and then no more than that. */
  @Test
  void everyByteComesBackThroughHaproxyWhileItChecksTheServicesHealth(@TempDir Path folder)
      throws Exception {
    int v1 = FrontProxy.freePort();
    int v2 = FrontProxy.freePort();
    String check = " check inter 50ms check-send-proxy";
    String sections =
        section(v1, address(ECHO), "send-proxy" + check)
            + section(v2, address(ECHO), "send-proxy-v2" + check);
    try (FrontProxy proxy = FrontProxy.haproxy(folder, sections, v1, v2)) {
      for (int port : new int[] {v1, v2}) {
        LoadRunner.verified(2000, "tcp://127.0.0.1:" + port, "-c", "8", "-s", "1KiB");
      }
      assertTrue(proxy.isRunning(), proxy::toString);
    }
  }

  @Test
  void theListOfWhoIsAllowedIsAboutTheClientAndNotAboutTheProxy(@TempDir Path folder)
      throws Exception {
    int port = FrontProxy.freePort();
    String sections = section(port, address(CHOOSY), "send-proxy-v2");
    try (FrontProxy proxy = FrontProxy.haproxy(folder, sections, port)) {
      assertEquals("welcome", greeting("127.0.0.2", port), proxy::toString);
      assertNull(greeting("127.0.0.1", port), proxy::toString);
    }
  }

  private static String greeting(String from, int port) throws IOException {
    try (Socket client = new Socket()) {
      client.bind(new InetSocketAddress(from, 0));
      client.connect(Loopback.port(port));
      return reader(client).readLine();
    }
  }

  @Test
  void aProxyThatSendsNoHeaderIsRefusedWithoutAWord(@TempDir Path folder) throws Exception {
    int port = FrontProxy.freePort();
    String sections = section(port, address(WHOAMI), "");
    try (FrontProxy proxy = FrontProxy.haproxy(folder, sections, port);
        Socket client = new Socket(V4, port)) {
      client.getOutputStream().write("GET / HTTP/1.0\r\n\r\n".getBytes(StandardCharsets.UTF_8));
      assertNull(reader(client).readLine(), proxy::toString);
    }
  }
}
