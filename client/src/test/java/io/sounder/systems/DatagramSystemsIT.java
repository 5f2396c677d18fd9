package io.sounder.systems;

import static io.sounder.systems.Programs.interruptible;
import static io.sounder.systems.Programs.sounder;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Recipes 11 and 16: a fixed answer to any datagram, and a client that waits until Ctrl-C. */
class DatagramSystemsIT {
  private static final String HI = "udp://127.0.0.1:0?reply=text:Hi";
  private static final String ECHO = "udp://127.0.0.1:0";

  /** How a shell tells that SIGINT has ended a program. */
  private static final int INTERRUPTED = 130;

  @RegisterExtension static final OurServer SERVER = OurServer.with(HI, ECHO);

  @ParameterizedTest
  @EnumSource
  void anyDatagramIsAnsweredWithHi(Pairing pairing) throws Exception {
    try (Meeting meeting = new Meeting(pairing, SERVER).server(HI, "udp_hi_server.py")) {
      Program client =
          meeting.client(
              meeting.original("udp_hi_client.py"),
              sounder("send", meeting.target(""), "Hi Server", "--replies", "1"));

      assertEquals("Hi\n", client.out(), client::toString);
      assertEquals(0, client.exitCode());
      assertEquals(
          new Wire().clientDatagram("Hi Server").serverDatagram("Hi").toString(),
          meeting.datagrams().whole(2).toString());
    }
  }

  @ParameterizedTest
  @EnumSource
  void printsWhateverComesUntilItIsInterrupted(Pairing pairing) throws Exception {
    try (Meeting meeting = new Meeting(pairing, SERVER).server(ECHO, "udp_echo_server.py")) {
      Program client =
          meeting.client(
              interruptible(meeting.original("udp_line_client.py")),
              interruptible(
                  sounder("send", meeting.target(""), "are you there?", "--wait", "forever")));
      if (!pairing.clientIsOurs()) {
        client.type("are you there?\n");
      }

      client.awaitOut("are you there?\n");
      assertTrue(client.isRunning(), client::toString);
      client.signal("INT");

      assertEquals(INTERRUPTED, client.exitCode(), client::toString);
      assertEquals(
          new Wire().clientDatagram("are you there?").serverDatagram("are you there?").toString(),
          meeting.datagrams().whole(2).toString());
    }
  }
}
