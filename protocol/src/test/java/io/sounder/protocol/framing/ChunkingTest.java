package io.sounder.protocol.framing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** However a stream is cut on its way, the messages are the same, and they are the right ones. */
class ChunkingTest {
  private static final int SEEDS = 100_000;
  private static final String LINE_BYTES = "\n\n\r\rab\0\u00c3\u00a9\u00ff";

  @ParameterizedTest
  @EnumSource(names = {"LINE", "LENGTH", "LENGTH_LE"})
  void findsTheSameMessagesInOneByteRandomAndWholeChunks(Framing framing) {
    for (int seed = 0; seed < SEEDS; seed++) {
      Random random = new Random(seed);
      int max = 1 + random.nextInt(9);
      byte[] stream = framing == Framing.LINE ? lines(random) : frames(random, framing, max);
      List<String> expected =
          framing == Framing.LINE ? cutLines(stream, max) : cutFrames(stream, framing, max);
      String label = framing + ", seed " + seed;
      assertEquals(
          expected, DecodedStream.of(framing.newDecoder(max), stream, () -> stream.length), label);
      assertEquals(expected, DecodedStream.of(framing.newDecoder(max), stream, () -> 1), label);
      assertEquals(
          expected,
          DecodedStream.of(framing.newDecoder(max), stream, () -> 1 + random.nextInt(8)),
          label);
    }
  }

  private static byte[] lines(Random random) {
    byte[] stream = new byte[random.nextInt(40)];
    for (int i = 0; i < stream.length; i++) {
      stream[i] = (byte) LINE_BYTES.charAt(random.nextInt(LINE_BYTES.length()));
    }
    return stream;
  }

  /** Whole frames, of which the last may be too long or cut short. */
  private static byte[] frames(Random random, Framing framing, int max) {
    StringBuilder stream = new StringBuilder();
    for (int i = random.nextInt(5); i > 0; i--) {
      appendFrame(stream, framing, random.nextInt(max + 1), random);
    }
    if (random.nextInt(4) == 0) {
      appendFrame(stream, framing, max + 1 + random.nextInt(300), random);
    }
    int cut = random.nextInt(3) == 0 ? random.nextInt(stream.length() + 1) : stream.length();
    return stream.substring(0, cut).getBytes(StandardCharsets.ISO_8859_1);
  }

  private static void appendFrame(StringBuilder stream, Framing framing, int size, Random random) {
    for (int i = 0; i < 4; i++) {
      int shift = framing == Framing.LENGTH ? 24 - 8 * i : 8 * i;
      stream.append((char) (size >> shift & 0xff));
    }
    for (int i = 0; i < Math.min(size, 10); i++) {
      stream.append((char) random.nextInt(256));
    }
  }

  /** The framing as the documentation says it, the slow and simple way. */
  private static List<String> cutLines(byte[] bytes, int max) {
    List<String> messages = new ArrayList<>();
    String rest = new String(bytes, StandardCharsets.ISO_8859_1);
    while (!rest.isEmpty()) {
      int lineFeed = rest.indexOf('\n');
      String frame = lineFeed < 0 ? rest : rest.substring(0, lineFeed + 1);
      String terminator = frame.endsWith("\r\n") ? "\r\n" : frame.endsWith("\n") ? "\n" : "";
      String line = frame.substring(0, frame.length() - terminator.length());
      if (line.length() > max) {
        messages.add("TOO_LONG");
        return messages;
      }
      messages.add(line + "|" + terminator);
      rest = rest.substring(frame.length());
    }
    return messages;
  }

  private static List<String> cutFrames(byte[] bytes, Framing framing, int max) {
    List<String> messages = new ArrayList<>();
    String rest = new String(bytes, StandardCharsets.ISO_8859_1);
    while (!rest.isEmpty()) {
      long size = 0;
      for (int i = 0; i < 4 && rest.length() >= 4; i++) {
        size = size << 8 | rest.charAt(framing == Framing.LENGTH ? i : 3 - i);
      }
      if (size > max) {
        messages.add("TOO_LONG");
        return messages;
      }
      if (rest.length() < 4 + size) {
        messages.add("TRUNCATED");
        return messages;
      }
      messages.add(rest.substring(4, (int) (4 + size)) + "|");
      rest = rest.substring((int) (4 + size));
    }
    return messages;
  }
}
