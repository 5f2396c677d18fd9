package io.sounder.systems;

import static io.sounder.systems.Programs.sounder;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Recipe 17: the time of RFC 868. */
class TimeSystemsIT {
  private static final String TIME = "udp://127.0.0.1:0?reply=time";
  private static final String TIME_TCP = "tcp://127.0.0.1:0?reply=time";
  private static final long FROM_1900_TO_1970 = 2_208_988_800L;

  @RegisterExtension static final OurServer SERVER = OurServer.with(TIME, TIME_TCP);

  @ParameterizedTest
  @EnumSource
  void anEmptyDatagramIsAnsweredWithTheSecondsSince1900(Pairing pairing) throws Exception {
    try (Meeting meeting = new Meeting(pairing, SERVER).server(TIME, "rfc868_server.py")) {
      long before = Instant.now().getEpochSecond();
      Program client =
          meeting.client(meeting.original("rfc868_client.py"), sounder("time", meeting.target("")));
      assertEquals(0, client.exitCode(), client::toString);
      long after = Instant.now().getEpochSecond();

      Wire wire = meeting.datagrams().whole(2);
      byte[] answer = wire.bytesAt(1);
      assertEquals(4, answer.length, wire::toString);
      long seconds = Integer.toUnsignedLong(ByteBuffer.wrap(answer).getInt()) - FROM_1900_TO_1970;
      assertTrue(before <= seconds && seconds <= after, () -> seconds + " is not now");
      assertEquals(
          new Wire().clientDatagram("").serverDatagram(answer).toString(), wire.toString());
      assertTrue(
          pairing.clientIsOurs()
              ? client.out().endsWith("utc    " + Instant.ofEpochSecond(seconds) + "\n")
              : client.out().equals(ctime(seconds) + "\n"),
          client::toString);
    }
  }

  /** As ctime(3) writes it. */
  private static String ctime(long epochSecond) {
    return DateTimeFormatter.ofPattern("EEE MMM ppd HH:mm:ss yyyy", Locale.ENGLISH)
        .format(Instant.ofEpochSecond(epochSecond).atZone(ZoneId.systemDefault()));
  }

  @ParameterizedTest
  @CsvSource({
    "ed 00 37 80, 2026-01-01T00:00:00Z",
    "ff ff ff ff, 2036-02-07T06:28:15Z",
    "00 00 00 00, 2036-02-07T06:28:16Z",
    "7f ff ff ff, 2104-02-26T09:42:23Z",
    "80 00 00 00, 1968-01-20T03:14:08Z"
  })
  void ourClientReadsEachAnswerInItsEra(String answer, String moment) throws Exception {
    try (Meeting meeting =
        new Meeting(Pairing.OUR_CLIENT_TO_ORIGINAL_SERVER, SERVER)
            .server(TIME, "rfc868_server.py", "0", answer)) {
      Program client = meeting.start(sounder("time", meeting.target("")));

      assertTrue(client.out().endsWith("utc    " + moment + "\n"), client::toString);
      assertEquals(0, client.exitCode());
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"ORIGINAL_CLIENT_TO_ORIGINAL_SERVER", "OUR_CLIENT_TO_ORIGINAL_SERVER"})
  void asksAgainWhenNothingComes(Pairing pairing) throws Exception {
    try (Meeting meeting =
        new Meeting(pairing, SERVER).server(TIME, "rfc868_server.py", "1", "ed 00 37 80")) {
      Program client =
          meeting.client(
              meeting.original("rfc868_client.py"),
              sounder("time", meeting.target(""), "--retries", "3"));

      assertEquals(0, client.exitCode(), client::toString);
      assertEquals(
          new Wire()
              .clientDatagram("")
              .clientDatagram("")
              .serverDatagram(new byte[] {(byte) 0xed, 0, 0x37, (byte) 0x80})
              .toString(),
          meeting.datagrams().whole(3).toString());
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"ORIGINAL_CLIENT_TO_ORIGINAL_SERVER", "OUR_CLIENT_TO_ORIGINAL_SERVER"})
  void anAnswerOfTheWrongSizeIsShown(Pairing pairing) throws Exception {
    try (Meeting meeting =
        new Meeting(pairing, SERVER).server(TIME, "rfc868_server.py", "0", "01 02 ff")) {
      Program client =
          meeting.client(meeting.original("rfc868_client.py"), sounder("time", meeting.target("")));

      if (pairing.clientIsOurs()) {
        Refusals.assertRefused(client, 5, meeting.target(""), "3 bytes: 01 02 ff");
      } else {
        assertEquals("Wrong-sized reply 3: 01 02 ff\n", client.out());
        assertEquals(1, client.exitCode());
      }
    }
  }

  @Test
  void overTcpTheTimeIsSentAtOnceAndTheConnectionClosed() throws Exception {
    try (Meeting meeting =
        new Meeting(Pairing.OUR_CLIENT_TO_OUR_SERVER, SERVER).server(TIME_TCP, "none")) {
      Program client = meeting.start(sounder("time", meeting.target("")));

      assertEquals(0, client.exitCode(), client::toString);
      byte[] answer = meeting.wire().bytesAt(0);
      assertEquals(4, answer.length);
      assertEquals(
          new Wire().server(answer).serverEnds().clientEnds().toString(),
          meeting.wire().toString());
    }
  }
}
