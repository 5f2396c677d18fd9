package io.sounder.systems;

import static io.sounder.systems.Programs.python;
import static io.sounder.systems.Programs.sounder;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Recipes 7, 8 and 9: raw HTTP clients, and the one that says where it is connected. */
class HttpSystemsIT {
  private static final String PAGE = "Content-Length: 24\r\n\r\n<p>a page of \u00e9chos</p>\n";
  private static final String PAGE_ENCODED =
      " 200 OK%0D%0AContent-Length: 24%0D%0A%0D%0A<p>a page of %C3%A9chos</p>%0A";
  private static final String HTTP_1_1 = "tcp://127.0.0.1:0?reply=text:HTTP/1.1" + PAGE_ENCODED;
  private static final String HTTP_1_0 =
      "tcp://127.0.0.1:0?close-after=1&reply=text:HTTP/1.0" + PAGE_ENCODED;

  @RegisterExtension static final OurServer SERVER = OurServer.with(HTTP_1_1, HTTP_1_0);

  @ParameterizedTest
  @EnumSource
  void rawClientPrintsOneReadAndCloses(Pairing pairing) throws Exception {
    try (Meeting meeting = new Meeting(pairing, SERVER).server(HTTP_1_1, "http_server.py")) {
      Program client =
          meeting.client(
              meeting.original("http_get_raw.py"),
              sounder(
                  "send",
                  meeting.target(""),
                  "GET / HTTP/1.1\\r\\n\\r\\n",
                  "--escapes",
                  "--replies",
                  "1"));

      String answer = "HTTP/1.1 200 OK\r\n" + PAGE;
      assertEquals(0, client.exitCode(), client::toString);
      assertTrue(client.out().endsWith(pairing.clientIsOurs() ? answer : answer + "\n"));
      assertEquals(
          new Wire()
              .client("GET / HTTP/1.1\r\n\r\n")
              .server(answer)
              .clientEnds()
              .serverEnds()
              .toString(),
          meeting.wire().toString());
    }
  }

  @ParameterizedTest
  @EnumSource
  void fileClientPrintsUntilTheServerCloses(Pairing pairing) throws Exception {
    try (Meeting meeting = new Meeting(pairing, SERVER).server(HTTP_1_0, "http_server.py")) {
      Program client =
          meeting.client(
              meeting.original("http_get_file.py", "/file"),
              sounder("send", meeting.target(""), "GET /file HTTP/1.0\\r\\n\\r\\n", "--escapes"));

      String answer = "HTTP/1.0 200 OK\r\n" + PAGE;
      assertEquals(answer, client.out(), client::toString);
      assertEquals(0, client.exitCode());
      assertEquals(
          new Wire()
              .client("GET /file HTTP/1.0\r\n\r\n")
              .server(answer)
              .serverEnds()
              .clientEnds()
              .toString(),
          meeting.wire().toString());
    }
  }

  @ParameterizedTest
  @EnumSource
  void saysFromWhereToWhereItIsConnected(Pairing pairing) throws Exception {
    try (Meeting meeting = new Meeting(pairing, SERVER).server(HTTP_1_1, "http_server.py")) {
      Program client =
          meeting.client(
              meeting.original("where_connected.py"), sounder("check", meeting.target("")));

      assertEquals(0, client.exitCode(), client::toString);
      String from = "" + meeting.streams().connection(0).clientPort();
      String to = "" + meeting.streams().port();
      List<String> said = client.out().lines().toList();
      if (pairing.clientIsOurs()) {
        assertEquals(4, said.size(), client::toString);
        assertTrue(said.get(0).matches("resolve +\\d+\\.\\d{3} ms  .*"), said.get(0));
        assertTrue(said.get(1).matches("connect +\\d+\\.\\d{3} ms  done"), said.get(1));
        assertEquals("Connected from 127.0.0.1:" + from, said.get(2));
        assertEquals("Connected to   127.0.0.1:" + to, said.get(3));
      } else {
        assertEquals("Connected from ('127.0.0.1', " + from + ")", said.get(3));
        assertEquals("Connected to ('127.0.0.1', " + to + ")", said.get(4));
      }
      assertEquals(new Wire().clientEnds().serverEnds().toString(), meeting.wire().toString());
    }
  }

  @Test
  void aHostThatDoesNotResolveIsToldAsSuch() throws Exception {
    try (Program original = Program.start(python("http_get_raw.py", "host.invalid", "80"));
        Program ours = Program.start(sounder("send", "tcp://host.invalid:80", "GET /"))) {
      assertTrue(original.out().endsWith("Hostname could not be resolved. Exiting\n"));
      assertEquals(1, original.exitCode());
      Refusals.assertRefused(ours, 3, "tcp://host.invalid:80", "unknown-host");
    }
  }

  @Test
  void anUnknownServiceIsToldAsSuch() throws Exception {
    try (Program original =
            Program.start(python("http_get_file.py", "127.0.0.1", "no-such-service", "/"));
        Program ours = Program.start(sounder("send", "tcp://127.0.0.1:no-such-service", "x"))) {
      assertTrue(original.out().startsWith("Couldn't find your port"), original::toString);
      Refusals.assertRefused(ours, 3, "no-such-service", "unknown-service");
    }
  }

  @Test
  void aReplyThatDoesNotComeInTimeIsToldAsSuch() throws Exception {
    try (SilentServer server = SilentServer.accepting();
        Program original =
            Program.start(python("http_get_file.py", "127.0.0.1", "" + server.port(), "/", "0.3"));
        Program ours =
            Program.start(
                sounder("send", server.target(), "GET /", "--replies", "1", "--wait", "300ms"))) {
      assertEquals("Error receiving data: timed out\n", original.out());
      Refusals.assertRefused(ours, 7, server.target(), "reply-timeout");
    }
  }

  @Test
  void aConnectionThatIsResetIsToldAsSuch() throws Exception {
    try (SilentServer server = SilentServer.resetting();
        Program original =
            Program.start(python("http_get_file.py", "127.0.0.1", "" + server.port(), "/"));
        Program ours = Program.start(sounder("send", server.target(), "GET /"))) {
      assertEquals("Error receiving data: [Errno 104] Connection reset by peer\n", original.out());
      Refusals.assertRefused(ours, 7, server.target(), "reset");
    }
  }
}
