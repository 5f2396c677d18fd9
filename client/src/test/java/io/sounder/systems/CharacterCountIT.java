package io.sounder.systems;

import static io.sounder.systems.Programs.sounder;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Recipe 15: a telnet service that counts the characters of a line. */
class CharacterCountIT {
  private static final String COUNTER =
      "tcp://127.0.0.1:0?framing=line"
          + "&greeting=Welcome, ('{peer.host}', {peer.port})%0APlease enter a string:"
          + "&reply=count&close-after=1";
  private static final String ASKS = "Please enter a string:";

  @RegisterExtension static final OurServer SERVER = OurServer.with(COUNTER);

  /** Bytes would be 12 for the second line; the white space around it is never counted. */
  static Stream<Arguments> linesByPairing() {
    return Stream.of(Pairing.values())
        .flatMap(
            pairing ->
                Stream.of(
                    Arguments.of(pairing, "hello", 5),
                    Arguments.of(pairing, " \t n\u00e9 猫🐟  ", 5)));
  }

  @ParameterizedTest
  @MethodSource("linesByPairing")
  void aLineIsCountedInCodePoints(Pairing pairing, String line, int count) throws Exception {
    try (Meeting meeting =
        new Meeting(pairing, SERVER).server(COUNTER, "character_count_server.py")) {
      Program client =
          meeting.client(
              meeting.original("telnet_session.py"), sounder("talk", meeting.target("")));

      client.awaitOut(ASKS);
      client.type(line + (pairing.clientIsOurs() ? "\r\n" : "\n")); // telnet makes CR LF of it

      List<String> greeting =
          List.of(
              "Welcome, ('127.0.0.1', " + meeting.streams().connection(0).portAtServer() + ")\n",
              ASKS);
      String answer = "You entered " + count + " characters. \n";
      assertEquals(String.join("", greeting) + answer, client.out(), client::toString);
      assertEquals(0, client.exitCode());
      assertEquals(
          new Wire()
              .server(String.join("", greeting))
              .client(line + "\r\n")
              .server(answer)
              .serverEnds()
              .clientEnds()
              .toString(),
          meeting.wire().toString());
    }
  }
}
