package io.sounder.systems;

import static io.sounder.systems.Programs.python;
import static io.sounder.systems.Programs.serve;
import static io.sounder.systems.Programs.sounder;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.ServerSocket;
import java.net.URI;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Recipes 2, 22 and 23: a port that is taken, a robot that reports, a server for one client. */
class ServerLifeIT {
  private static final String ROBOT = "tcp://127.0.0.1:0?framing=line&reply=discard";
  private static final List<String> REPORTS =
      List.of(
          "{\"t\": 21.5, \"label\": \"猫\"}",
          "distance=0.42",
          "{'t': 21.5, 'seen': ['cat', \"it's\"]}");

  @RegisterExtension static final OurServer SERVER = OurServer.with(ROBOT);

  @Test
  void aTakenPortIsToldWithItsReason() throws Exception {
    try (ServerSocket holder = new ServerSocket()) {
      holder.bind(Loopback.port(0));
      String port = "" + holder.getLocalPort();
      try (Program original = Program.start(python("tcp_echo_server.py", "127.0.0.1", port));
          Program ours = Program.start(serve("tcp://127.0.0.1:" + port, "--admin", "off"))) {
        assertEquals(
            "Socket Created!\nBinding Failure. Error Code : 98 Message : Address already in use\n",
            original.out());
        assertEquals("", ours.out(), ours::toString);
        Refusals.assertRefused(ours, 3, "tcp://127.0.0.1:" + port, "Address already in use", "98");
      }
    }
  }

  @Test
  void aPortThatOursHasIsTakenForTheOriginalToo() throws Exception {
    String port = SERVER.endpoint(ROBOT).substring("tcp://127.0.0.1:".length());
    try (Program original = Program.start(python("tcp_echo_server.py", "127.0.0.1", port))) {
      assertEquals(
          "Socket Created!\nBinding Failure. Error Code : 98 Message : Address already in use\n",
          original.out());
    }
  }

  @ParameterizedTest
  @EnumSource
  void whatARobotReportsIsShown(Pairing pairing) throws Exception {
    try (Meeting meeting = new Meeting(pairing, SERVER).server(ROBOT, "robot_server.py")) {
      Program robot =
          meeting.client(
              meeting.original("robot.py"), sounder("send", meeting.target("?reply=discard"), "-"));
      String sent = String.join("\n", REPORTS) + "\n";
      if (pairing.clientIsOurs()) {
        robot.type(sent).endInput();
      }

      assertEquals(0, robot.exitCode(), robot::toString);
      assertEquals(
          new Wire().client(sent).clientEnds().serverEnds().toString(), meeting.wire().toString());
      assertEquals(REPORTS, shown(meeting, pairing));
    }
  }

  private static List<String> shown(Meeting meeting, Pairing pairing) throws Exception {
    if (!pairing.serverIsOurs()) {
      return meeting
          .originalServer()
          .awaitOut(REPORTS.get(2) + "\n")
          .lines()
          .skip(1) // its port
          .toList();
    }
    int port = meeting.streams().connection(0).portAtServer();
    Pattern line =
        Pattern.compile(
            "^[0-9:.]{12} "
                + Pattern.quote(SERVER.endpoint(ROBOT))
                + " 127\\.0\\.0\\.1:"
                + port
                + " \\d+ (.*)\n",
            Pattern.MULTILINE);
    return line.matcher(SERVER.program().awaitOut(all -> line.matcher(all).results().count() >= 3))
        .results()
        .map(found -> found.group(1))
        .toList();
  }

  @ParameterizedTest
  @EnumSource
  void aServerForOneClientEndsWhenThatHasLeft(Pairing pairing) throws Exception {
    try (Program server =
        Program.start(
            pairing.serverIsOurs()
                ? serve("tcp://127.0.0.1:0", "--exit-after", "1", "--admin", "off")
                : python("first_server.py", "127.0.0.1", "0"))) {
      int port =
          pairing.serverIsOurs()
              ? URI.create(OurServer.listening(server).get(0)).getPort()
              : Integer.parseInt(server.awaitLine("port "));
      try (StreamRelay relay = StreamRelay.before(Loopback.port(port));
          Program client =
              Program.start(
                  pairing.clientIsOurs()
                      ? sounder("check", "tcp://127.0.0.1:" + relay.port())
                      : python("connect_and_leave.py", "127.0.0.1", "" + relay.port()))) {
        assertEquals(0, client.exitCode(), client::toString);
        assertEquals(
            new Wire().clientEnds().serverEnds().toString(),
            relay.connection(0).whole().toString());
        assertEquals(0, server.exitCode(), server::toString);
      }
    }
  }

  @Test
  void aServerForOneClientServesItToItsEnd() throws Exception {
    try (Program server =
        Program.start(serve("tcp://127.0.0.1:0", "--exit-after", "1", "--admin", "off"))) {
      String endpoint = OurServer.listening(server).get(0);
      try (Program client = Program.start(sounder("talk", endpoint))) {
        client.type("hello");
        client.awaitOut("hello");
        assertTrue(server.isRunning(), server::toString);
        client.type("again");
        client.awaitOut("helloagain");
        client.endInput();

        assertEquals(0, client.exitCode(), client::toString);
        assertEquals(0, server.exitCode(), server::toString);
      }
    }
  }
}
