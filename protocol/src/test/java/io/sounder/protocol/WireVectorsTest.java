package io.sounder.protocol;

import static io.sounder.protocol.ProtocolPage.code;
import static io.sounder.protocol.ProtocolPage.table;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.abort;

import io.sounder.protocol.endpoint.Conversation;
import io.sounder.protocol.framing.FrameWriter;
import io.sounder.protocol.framing.Framing;
import io.sounder.protocol.framing.Message;
import io.sounder.protocol.reply.BufferSink;
import io.sounder.protocol.reply.Rfc868Time;
import io.sounder.protocol.text.Escapes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The bytes in {@code docs/protocol.md}: those of the code, and those of Python's struct. */
class WireVectorsTest {
  private static final List<List<String>> MESSAGES =
      table("| framing | message | as a client sends it |");
  private static final List<List<String>> HEADERS =
      table("| framing | length | header | what the listener does |");
  private static final List<List<String>> ANSWERS =
      table("| listener | sent | in hex | answered | in hex |");
  private static final List<List<String>> GREETINGS = table("| listener | sent first | in hex |");
  private static final List<List<String>> MOMENTS = table("| moment | seconds | in hex |");

  @Test
  void clientsFrameTheirMessagesSo() {
    for (List<String> row : MESSAGES) {
      BufferSink out = new BufferSink(16);
      byte[] message = Escapes.parse(code(row.get(1)));
      new FrameWriter(framing(row)).writeMessage(ByteBuffer.wrap(message), out);
      assertEquals(code(row.get(2)), hex(out.toByteArray()), row::toString);
    }
  }

  @Test
  void lengthsAreJudgedByTheirHeadersSo() {
    for (List<String> row : HEADERS) {
      BufferSink out = new BufferSink(4);
      new FrameWriter(framing(row)).writeHeader((int) Long.parseLong(row.get(1)), out);
      assertEquals(code(row.get(2)), hex(out.toByteArray()), row::toString);
      String does =
          switch (framing(row)
              .newDecoder(Conversation.DEFAULT_MAX_FRAME_BYTES)
              .decode(out.view(), new Message())) {
            case MESSAGE -> "takes an empty message";
            case INCOMPLETE -> "waits for the bytes";
            case TOO_LONG -> "closes";
            case TRUNCATED -> "nothing of the kind";
          };
      assertEquals(does, row.get(3), row::toString);
    }
  }

  @Test
  void listenersAnswerSo() {
    for (List<String> row : ANSWERS) {
      byte[] sent = Escapes.parse(code(row.get(1)));
      assertEquals(code(row.get(2)), hex(sent), row::toString);
      byte[] answered = new PureListener(code(row.get(0))).answer(sent);
      assertEquals(hex(Escapes.parse(code(row.get(3)))), hex(answered), row::toString);
      assertEquals(code(row.get(4)), hex(answered), row::toString);
    }
  }

  @Test
  void listenersGreetSo() {
    for (List<String> row : GREETINGS) {
      byte[] greetings = new PureListener(code(row.get(0))).greetings();
      assertEquals(hex(Escapes.parse(code(row.get(1)))), hex(greetings), row::toString);
      assertEquals(code(row.get(2)), hex(greetings), row::toString);
    }
  }

  @Test
  void momentsAreWrittenAndReadSo() {
    for (List<String> row : MOMENTS) {
      long moment = Instant.parse(code(row.get(0))).getEpochSecond();
      int wire = Rfc868Time.toWire(moment);
      assertEquals(row.get(1), Integer.toUnsignedString(wire), row::toString);
      assertEquals(code(row.get(2)), hex(ByteBuffer.allocate(4).putInt(wire).array()));
      assertEquals(moment, Rfc868Time.toEpochSecond(wire), row::toString);
    }
  }

  @Test
  void pythonsStructMakesTheSameBytes() throws Exception {
    List<String> cases = new ArrayList<>();
    List<String> expected = new ArrayList<>();
    for (List<String> row : MESSAGES) {
      cases.add(
          String.join("\t", "message", code(row.get(0)), hex(Escapes.parse(code(row.get(1))))));
      expected.add(code(row.get(2)));
    }
    for (List<String> row : HEADERS) {
      cases.add(String.join("\t", "header", code(row.get(0)), row.get(1)));
      expected.add(code(row.get(2)));
    }
    for (List<String> row : ANSWERS) {
      cases.add(String.join("\t", "answer", code(row.get(0)), code(row.get(2))));
      expected.add(code(row.get(4)));
    }
    for (List<String> row : GREETINGS) {
      cases.add(String.join("\t", "greet", code(row.get(0))));
      expected.add(code(row.get(2)));
    }
    for (List<String> row : MOMENTS) {
      cases.add(String.join("\t", "time", code(row.get(0))));
      expected.add(code(row.get(2)));
    }
    List<String> made = python(String.join("\n", cases) + "\n");
    assertEquals(expected.size(), made.size(), made::toString);
    for (int i = 0; i < expected.size(); i++) {
      assertEquals(made.get(i), expected.get(i), cases.get(i));
    }
  }

  private static List<String> python(String input) throws Exception {
    Path script = Path.of(WireVectorsTest.class.getResource("/wire_vectors.py").toURI());
    Process python;
    try {
      python = new ProcessBuilder("python3", "-X", "utf8", script.toString()).start();
    } catch (IOException e) {
      return abort(
          "python3 is not installed, so its struct made no bytes to compare: " + e.getMessage());
    }
    try (var stdin = python.outputWriter(StandardCharsets.UTF_8)) {
      stdin.write(input);
    }
    List<String> lines = python.inputReader(StandardCharsets.UTF_8).lines().toList();
    String errors = String.join("\n", python.errorReader(StandardCharsets.UTF_8).lines().toList());
    assertTrue(python.waitFor(30, TimeUnit.SECONDS), "python3 did not end");
    assertEquals(0, python.exitValue(), errors);
    return lines;
  }

  private static Framing framing(List<String> row) {
    return Framing.valueOf(code(row.get(0)).toUpperCase(Locale.ROOT).replace('-', '_'));
  }

  private static String hex(byte[] bytes) {
    return HexFormat.ofDelimiter(" ").formatHex(bytes);
  }
}
