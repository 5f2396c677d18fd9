package io.sounder.server.admin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sounder.protocol.endpoint.AccessList;
import io.sounder.protocol.endpoint.Endpoint;
import io.sounder.protocol.endpoint.Scheme;
import io.sounder.server.AdminPages;
import io.sounder.server.fixture.Peer;
import io.sounder.server.fixture.RunningServer;
import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who may ask the admin port, wherever it listens. */
@Timeout(30)
class AdminAccessTest {
  @ParameterizedTest
  @CsvSource({
    "127.0.0.1, loopback,             127.0.0.2, 200",
    "127.0.0.1, 127.0.0.2,            127.0.0.2, 200",
    "127.0.0.1, 127.0.0.2,            127.0.0.3, 403",
    "127.0.0.1, 10.0.0.0/8,           127.0.0.1, 403",
    "::,        127.0.0.2,            127.0.0.2, 200",
    "::,        ::ffff:127.0.0.2,     127.0.0.2, 200",
    "::,        ::1,                  127.0.0.2, 403",
    "::,        ::/0,                 127.0.0.2, 403",
  })
  void answersWhoIsAllowedAndCountsTheOthers(
      String boundTo, String allowed, String peer, int status) throws Exception {
    try (RunningServer server = RunningServer.on("tcp://127.0.0.1:0")) {
      AdminServer admin = start(server, boundTo, allowed);
      try {
        for (String path : new String[] {"/stats", "/healthz", "/faults"}) {
          assertEquals(status, status(admin, "127.0.0.1", peer, "GET " + path), path);
        }
        assertEquals(status == 200 ? 404 : 403, status(admin, "127.0.0.1", peer, "GET /nothing"));
        assertEquals(status == 200 ? 0 : 4, server.counters().adminRefused());
      } finally {
        admin.stop();
      }
    }
  }

  @Test
  void answersNobodyWhoAsksByANameThatOthersMadePointAtIt() throws Exception {
    try (RunningServer server = RunningServer.on("tcp://127.0.0.1:0")) {
      AdminServer admin = start(server, "127.0.0.1", "loopback");
      try {
        String rebound = " HTTP/1.1\r\nConnection: close\r\nHost: attacker.example:8880\r\n\r\n";
        for (String path : new String[] {"/stats", "/connections", "/faults", "/"}) {
          assertTrue(answer(admin, "GET " + path + rebound).contains(" 403 "), path);
        }
        assertEquals(4, server.counters().adminRefused());
        for (String path : new String[] {"/healthz", "/readyz"}) {
          assertTrue(answer(admin, "GET " + path + rebound).contains(" 200 "), path);
        }
        String local = rebound.replace("attacker.example", "localhost");
        assertTrue(answer(admin, "GET /stats" + local).contains(" 200 "));
      } finally {
        admin.stop();
      }
    }
  }

  private static String answer(AdminServer admin, String request) throws Exception {
    Endpoint endpoint = Endpoint.inet(Scheme.TCP, "127.0.0.1", admin.address().getPort());
    try (Peer peer = Peer.connect(endpoint)) {
      return peer.send(request).readTextToEnd();
    }
  }

  @Test
  void letsNobodyChangeFaultsFromElsewhere() throws Exception {
    Optional<String> network =
        NetworkInterface.networkInterfaces()
            .flatMap(NetworkInterface::inetAddresses)
            .filter(address -> address instanceof Inet4Address && !address.isLoopbackAddress())
            .map(address -> address.getHostAddress())
            .findFirst();
    assumeTrue(network.isPresent(), "this machine has no IPv4 address beyond loopback");
    String here = network.get();
    try (RunningServer server = RunningServer.on("tcp://127.0.0.1:0")) {
      AdminServer admin = start(server, "::", "any");
      try {
        assertEquals(200, status(admin, here, here, "GET /faults"));
        assertEquals(403, status(admin, here, here, "PUT /faults"));
        assertTrue(status(admin, "127.0.0.1", "127.0.0.1", "PUT /faults") != 403);
      } finally {
        admin.stop();
      }
    }
  }

  private static AdminServer start(RunningServer server, String boundTo, String allowed)
      throws Exception {
    AdminServer admin =
        AdminServer.bind(
            Doorway.plain(new InetSocketAddress(boundTo, 0), AccessList.parse(allowed)),
            server.counters()::onAdminRefused);
    admin.serve(AdminPages.of(server.server()));
    return admin;
  }

  /** Asks from an address of its own, which no HTTP client of the JDK does. */
  private static int status(AdminServer admin, String host, String from, String request)
      throws Exception {
    Endpoint endpoint = Endpoint.inet(Scheme.TCP, host, admin.address().getPort());
    try (Peer peer = Peer.connectFrom(from, endpoint)) {
      peer.send(request + " HTTP/1.0\r\nContent-Length: 0\r\n\r\n");
      return Integer.parseInt(peer.readTextToEnd().split(" ", 3)[1]);
    }
  }
}
