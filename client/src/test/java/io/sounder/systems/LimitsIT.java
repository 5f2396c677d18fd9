package io.sounder.systems;

import static io.sounder.systems.Programs.python;
import static io.sounder.systems.Programs.serve;
import static io.sounder.systems.Programs.sounder;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.nio.channels.SocketChannel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Recipes 18 and 19: how many may come, and the code that tells how a connect went. */
class LimitsIT {
  private static final String AT_MOST_5 = "tcp://127.0.0.1:0?max-connections=5";
  private static final String ECHO = "tcp://127.0.0.1:0";

  private static final String SIX_AND_ONE_WAITS =
      """
      1 connected
      2 connected
      3 connected
      4 connected
      5 connected
      6 connected
      7 waits
      """;

  @RegisterExtension static final OurServer SERVER = OurServer.with(AT_MOST_5, ECHO);

  @Test
  @EnabledOnOs(OS.LINUX)
  void listen5LetsSixConnectAndTheSeventhWait() throws Exception {
    try (Program server = Program.start(python("listen_server.py", "127.0.0.1", "0", "5"))) {
      assertSixConnectAndTheSeventhWaits(server.awaitLine("port "));
    }
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void backlog5DoesTheSameWhileWeDoNotAccept() throws Exception {
    try (Program server = Program.start(serve("tcp://127.0.0.1:0?backlog=5", "--admin", "off"))) {
      String endpoint = OurServer.listening(server).get(0);
      server.signal("STOP"); // the kernel goes on to queue what nobody accepts

      assertSixConnectAndTheSeventhWaits("" + URI.create(endpoint).getPort());
    }
  }

  private static void assertSixConnectAndTheSeventhWaits(String port) throws Exception {
    try (Program clients =
        Program.start(python("connect_many.py", "127.0.0.1", port, "7", "0.5"))) {
      assertEquals(
          SIX_AND_ONE_WAITS,
          clients.awaitOut(all -> all.contains("waits\n") || all.contains("7 connected\n")));
    }
  }

  @Test
  void maxConnections5ClosesTheSixthAtOnce() throws Exception {
    String endpoint = SERVER.endpoint(AT_MOST_5);
    String port = "" + URI.create(endpoint).getPort();
    try (Program clients = Program.start(python("connect_many.py", "127.0.0.1", port, "6", "20"))) {
      assertTrue(clients.awaitOut("6 closed\n").startsWith("1 connected\n"), clients::toString);

      try (Program seventh = Program.start(sounder("send", endpoint, "x", "--replies", "1"))) {
        Refusals.assertRefused(seventh, 7, endpoint);
      }
      clients.endInput();
      assertEquals(0, clients.exitCode());
    }
  }

  @Test
  void aConnectThatSucceedsHasCode0() throws Exception {
    String endpoint = SERVER.endpoint(ECHO);
    try (Program original = connectCode(URI.create(endpoint).getPort());
        Program ours = Program.start(sounder("check", endpoint))) {
      assertEquals("0 Success\n", original.out());
      assertEquals(0, ours.exitCode(), ours::toString);
    }
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void aRefusedConnectHasCode111AndClassRefused() throws Exception {
    try (SocketChannel bound = SocketChannel.open().bind(Loopback.port(0))) { // nobody listens
      int port = bound.socket().getLocalPort();
      try (Program original = connectCode(port);
          Program ours = Program.start(sounder("check", "tcp://127.0.0.1:" + port))) {
        assertEquals("111 Connection refused\n", original.out());
        Refusals.assertRefused(ours, 3, "tcp://127.0.0.1:" + port, "refused");
      }
    }
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void aConnectThatNobodyTakesIsToldFromARefusedOne() throws Exception {
    try (Program server = Program.start(python("listen_server.py", "127.0.0.1", "0", "0"))) {
      String port = server.awaitLine("port ");
      try (Program first =
          Program.start(python("connect_many.py", "127.0.0.1", port, "2", "0.5"))) {
        first.awaitOut("2 waits\n");
        try (Program ours = Program.start(sounder("check", "tcp://127.0.0.1:" + port))) {
          Refusals.assertRefused(ours, 3, "tcp://127.0.0.1:" + port, "connect-timeout");
        }
      }
    }
  }

  private static Program connectCode(int port) throws Exception {
    return Program.start(python("connect_code.py", "127.0.0.1", "" + port));
  }
}
