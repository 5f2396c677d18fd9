package io.sounder.systems;

import static io.sounder.systems.Programs.atTerminal;
import static io.sounder.systems.Programs.sounder;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Recipe 1, what only our client has: a terminal with escapes, Ctrl-C, a server that closes first.
 */
class TerminalTalkIT {
  private static final String ECHO = "tcp://127.0.0.1:0";
  private static final String ONE_SHOT = "tcp://127.0.0.1:0?close-after=1";
  private static final String PROMPT = "Please input some string > ";
  private static final String CTRL_C = "\u0003";
  private static final String UP = "\u001bOA";

  @RegisterExtension static final OurServer SERVER = OurServer.with(ECHO, ONE_SHOT);

  @Test
  void theKeyUpBringsBackWhatWasTyped() throws Exception {
    try (Program client = talk(ECHO)) {
      client.awaitOut(PROMPT);
      client.type("hello\r");
      client.awaitOut(shown -> shown.split(PROMPT, -1).length - 1 == 2);
      client.type(UP + "\r");
      String shown = client.awaitOut(all -> all.split(PROMPT, -1).length - 1 == 3);

      assertEquals(4, shown.split("hello", -1).length - 1, "typed, echoed, brought back, echoed");
    }
  }

  @Test
  void saysThatTheServerClosedAndEndsWell() throws Exception {
    try (Program client = talk(ONE_SHOT)) {
      client.awaitOut(PROMPT);
      client.type("hello\r");

      assertEquals(0, client.exitCode(), client::toString);
      assertTrue(client.out().contains("(the server closed the connection)"), client::toString);
    }
  }

  @Test
  void isInterruptedByCtrlC() throws Exception {
    try (Program client = talk(ECHO)) {
      client.awaitOut(PROMPT);
      client.type(CTRL_C);

      assertEquals(130, client.exitCode(), client::toString);
    }
  }

  private static Program talk(String listener) throws Exception {
    return Program.start(
        atTerminal(sounder("talk", SERVER.endpoint(listener))), Map.of("TERM", "xterm"));
  }
}
