package io.sounder.systems;

import static io.sounder.systems.Programs.python;
import static io.sounder.systems.Programs.serve;
import static io.sounder.systems.Programs.sounder;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Recipe 21: address reuse, time-outs, and the options that a socket has. */
class SocketOptionsIT {
  private static final String IMPATIENT = "tcp://127.0.0.1:0?idle-timeout=300ms";
  private static final String ECHO = "tcp://127.0.0.1:0";

  @RegisterExtension static final OurServer SERVER = OurServer.with(IMPATIENT, ECHO);

  @Test
  void aServerThatClosedFirstAndWasKilledBindsAgainAtOnce() throws Exception {
    String endpoint;
    try (Program server =
        Program.start(serve("tcp://127.0.0.1:0?close-after=1", "--admin", "off"))) {
      endpoint = OurServer.listening(server).get(0);
      try (Program client =
          Program.start(python("one_shot_client.py", "127.0.0.1", port(endpoint), "hello"))) {
        assertEquals("hello\n", client.out(), client::toString);
      }
      server.signal("KILL");
      assertEquals(128 + 9, server.exitCode());
    }

    try (Program original =
            Program.start(python("tcp_echo_server.py", "127.0.0.1", port(endpoint)));
        Program again = Program.start(serve(endpoint, "--admin", "off"))) {
      assertEquals(endpoint, OurServer.listening(again).get(0));
      assertNotEquals(0, original.exitCode(), "without the option it cannot bind yet");
    }
  }

  @Test
  void whoSaysNothingForTooLongIsLetGo() throws Exception {
    try (Meeting meeting =
        new Meeting(Pairing.ORIGINAL_CLIENT_TO_OUR_SERVER, SERVER).server(IMPATIENT, "none")) {
      Program client = meeting.start(meeting.original("one_shot_client.py"));

      assertEquals(0, client.exitCode(), client::toString);
      assertEquals(new Wire().serverEnds().clientEnds().toString(), meeting.wire().toString());
    }
  }

  @Test
  void checkPrintsWhatTheSocketHas() throws Exception {
    String keys = "?nodelay=off&keepalive=off&linger=3s&rcvbuf=64KiB&sndbuf=64KiB";
    try (Program plain = Program.start(sounder("check", "-v", SERVER.endpoint(ECHO)));
        Program asked = Program.start(sounder("check", "-v", SERVER.endpoint(ECHO) + keys))) {
      assertEquals(0, plain.exitCode(), plain::toString);
      assertEquals(0, asked.exitCode(), asked::toString);
      assertHas(plain, "TCP_NODELAY = true");
      assertHas(asked, "TCP_NODELAY = false");
      assertHas(plain, "SO_KEEPALIVE = true");
      assertHas(asked, "SO_KEEPALIVE = false");
      assertHas(plain, "SO_LINGER = -1");
      assertHas(asked, "SO_LINGER = 3");
      assertHas(asked, "SO_RCVBUF = " + (64 << 10));
      assertHas(asked, "SO_SNDBUF = " + (64 << 10));
    }
  }

  private static void assertHas(Program check, String option) throws InterruptedException {
    assertTrue(
        check.out().lines().map(String::strip).anyMatch(option::equals),
        () -> "expected " + option + " in " + check);
  }

  private static String port(String endpoint) {
    return "" + URI.create(endpoint).getPort();
  }
}
