package io.sounder.server.exposition;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import io.sounder.server.fixture.AdminPort;
import io.sounder.server.fixture.Eventually;
import io.sounder.server.fixture.Peer;
import io.sounder.server.fixture.RunningServer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The connections that are open, as JSON. */
@Timeout(30)
class ConnectionsPageTest {
  private RunningServer server;
  private AdminPort admin;

  @BeforeEach
  void serve() throws Exception {
    server = RunningServer.on("tcp://127.0.0.1:0?framing=line", "tcp://127.0.0.1:0");
    admin = new AdminPort(server);
  }

  @AfterEach
  void stop() {
    admin.close();
    server.close();
  }

  @Test
  void tellsWhatEachHasDone() throws Exception {
    try (Peer peer = server.connect(0)) {
      peer.assertEchoes("four\n");
      peer.assertEchoes("four\n");
      Eventually.equal(2, "replies", server::replies);
      String json = admin.get("/connections").body();
      assertTrue(json.startsWith("{\"total\":1,\"shown\":1,\"connections\":[{"), json);
      String here = peer.channel().getLocalAddress().toString().substring(1);
      for (String part :
          List.of(
              "\"listener\":\"" + server.endpoint(0) + "\"",
              "\"number\":1",
              "\"peer\":\"" + here + "\"",
              "\"local\":\"127.0.0.1:" + server.endpoint(0).port() + "\"",
              "\"state\":\"open\"",
              "\"age_seconds\":",
              "\"idle_seconds\":",
              "\"received_bytes\":10",
              "\"sent_bytes\":10",
              "\"messages\":2")) {
        assertTrue(json.contains(part), () -> part + " is not in " + json);
      }
    }
  }

  @Test
  void showsThoseOfAListenerSortedAndNoMoreThanAskedFor() throws Exception {
    List<Peer> peers = new ArrayList<>();
    try {
      for (int i = 1; i <= 3; i++) {
        Peer peer = server.connect(1);
        peers.add(peer);
        peer.assertEchoes("x".repeat(i % 3 + 1)); // 2, 3 and 1 bytes
      }
      peers.add(server.connect(0));
      peers.get(3).assertEchoes("a line\n");
      Eventually.equal(4, "replies", server::replies);
      String those = "/connections?listener=" + server.endpoint(1);
      assertEquals(List.of(2L, 3L, 1L), received(those));
      assertEquals(List.of(3L, 2L, 1L), received(those + "&sort=received"));
      assertEquals(List.of(3L), received(those + "&sort=sent&limit=1"));
      assertTrue(admin.get(those + "&limit=1").body().startsWith("{\"total\":3,\"shown\":1,"));
      assertEquals(4, received("/connections?sort=peer").size());
      assertEquals(List.of(), received("/connections?listener=tcp://127.0.0.1:1"));
    } finally {
      for (Peer each : peers) {
        each.close();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"sort=colour", "limit=-1", "limit=all", "limit=99999999999"})
  void saysInOneLineWhatItCannotShow(String query) throws Exception {
    assertEquals(400, admin.get("/connections?" + query).statusCode());
    assertEquals(1, admin.get("/connections?" + query).body().lines().count());
  }

  private List<Long> received(String path) throws Exception {
    List<Long> received = new ArrayList<>();
    try (JsonParser json = new JsonFactory().createParser(admin.get(path).body())) {
      while (json.nextToken() != null) {
        if ("received_bytes".equals(json.currentName()) && json.currentToken().isNumeric()) {
          received.add(json.getLongValue());
        }
      }
    }
    return received;
  }
}
