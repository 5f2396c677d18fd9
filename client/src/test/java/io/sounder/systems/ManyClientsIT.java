package io.sounder.systems;

import static io.sounder.systems.Programs.sounder;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Recipe 6: a server for many clients at once, tried with three sessions as telnet has them. */
class ManyClientsIT {
  private static final String WELCOME = "Welcome to the server. Type something and hit enter\n";
  private static final String OK =
      "tcp://127.0.0.1:0?reply=ok&greeting=Welcome to the server. Type something and hit enter%0A";

  @RegisterExtension static final OurServer SERVER = OurServer.with(OK);

  @ParameterizedTest
  @EnumSource
  void threeSessionsAtOnceAreEachGreetedAndAnswered(Pairing pairing) throws Exception {
    try (Meeting meeting = new Meeting(pairing, SERVER).server(OK, "ok_server.py")) {
      List<Program> sessions = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        Program session =
            meeting.client(
                meeting.original("telnet_session.py"), sounder("talk", meeting.target("")));
        session.awaitOut(WELCOME);
        sessions.add(session);
      }
      String lineEnd = pairing.clientIsOurs() ? "\r\n" : "\n"; // telnet makes CR LF of it

      for (int i = 2; i >= 0; i--) {
        sessions.get(i).type("I am " + i + lineEnd);
        sessions.get(i).awaitOut("OK...I am " + i + "\r\n");
        sessions.get(i).type("again" + lineEnd);
        sessions.get(i).awaitOut("OK...again\r\n");
      }
      sessions.forEach(Program::endInput);

      for (int i = 0; i < 3; i++) {
        String said = "I am " + i + "\r\n";
        assertEquals(WELCOME + "OK..." + said + "OK...again\r\n", sessions.get(i).out());
        assertEquals(0, sessions.get(i).exitCode());
        assertEquals(
            new Wire()
                .server(WELCOME)
                .client(said)
                .server("OK..." + said)
                .client("again\r\n")
                .server("OK...again\r\n")
                .clientEnds()
                .serverEnds()
                .toString(),
            meeting.streams().connection(i).whole().toString());
      }
    }
  }
}
