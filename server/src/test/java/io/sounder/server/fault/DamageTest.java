package io.sounder.server.fault;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sounder.protocol.endpoint.Fault;
import io.sounder.protocol.framing.Framing;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Damaged bytes: always seen, and always where they may be. */
class DamageTest {
  private static final int ROUNDS = 20_000;

  private final Random random = new Random(1);

  /** From and to: where the message itself lies in the reply. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          RAW       | hello              | 0 | 5
          RAW       | \\n                | 0 | 1
          LINE      | hello\\n           | 0 | 5
          LINE      | hello\\r\\n        | 0 | 5
          LINE      | hello              | 0 | 5
          LINE      | hell\\r            | 0 | 5
          LENGTH    | \\0\\0\\0\\2hi     | 4 | 6
          LENGTH_LE | \\2\\0\\0\\0hi     | 4 | 6
          """)
  void changesOneByteOfTheMessageAndEachOfThem(Framing framing, String reply, int from, int to) {
    byte[] before = bytes(reply);
    Set<Integer> changed = new TreeSet<>();
    for (int i = 0; i < ROUNDS; i++) {
      byte[] after = before.clone();
      assertEquals(Fault.CORRUPT, inflict(Fault.CORRUPT, ByteBuffer.wrap(after), framing));
      int at = Arrays.mismatch(before, after);
      assertTrue(at >= from && at < to, () -> "changed at " + at);
      assertArrayEquals(
          Arrays.copyOfRange(before, at + 1, before.length),
          Arrays.copyOfRange(after, at + 1, after.length),
          "no other byte");
      if (framing == Framing.LINE) {
        assertNotEquals('\n', after[at]);
        assertNotEquals('\r', after[at]);
      }
      changed.add(at);
    }
    assertEquals(to - from, changed.size(), "each byte has its turn");
  }

  @ParameterizedTest
  @EnumSource(Framing.class)
  void changesAByteToAnyOther(Framing framing) {
    Set<Byte> seen = new TreeSet<>();
    for (int i = 0; i < ROUNDS; i++) {
      byte[] reply = {0, 0, 0, 1, 'a', '\n'};
      inflict(Fault.CORRUPT, ByteBuffer.wrap(reply).position(0), framing);
      seen.add(reply[4]);
    }
    assertEquals(
        framing == Framing.LINE ? 254 : 256, seen.size(), "a itself where another was changed");
  }

  /** In a datagram the line feeds inside belong to the message; none becomes anything else. */
  @ParameterizedTest
  @CsvSource({"'\\na\\n\\n', 1", "'a\\n\\n\\n', 0"})
  void leavesLineFeedsInsideADatagram(String reply, int changeable) {
    for (int i = 0; i < 1_000; i++) {
      byte[] after = bytes(reply);
      assertEquals(Fault.CORRUPT, inflict(Fault.CORRUPT, ByteBuffer.wrap(after), Framing.LINE));
      assertEquals(changeable, Arrays.mismatch(bytes(reply), after));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          CORRUPT  | RAW       | ""
          CORRUPT  | LINE      | ""
          CORRUPT  | LINE      | \\n
          CORRUPT  | LINE      | \\r\\n
          CORRUPT  | LINE      | \\n\\n\\n
          CORRUPT  | LENGTH    | \\0\\0\\0\\0
          TRUNCATE | RAW       | ""
          TRUNCATE | RAW       | a
          TRUNCATE | LINE      | a
          TRUNCATE | LINE      | a\\n
          TRUNCATE | LINE      | a\\r\\n
          TRUNCATE | LINE      | \\n
          """)
  void leavesAReplyAloneThatIsTooShort(Fault fault, Framing framing, String reply) {
    ByteBuffer after = ByteBuffer.wrap(bytes(reply));
    assertNull(inflict(fault, after, framing));
    assertEquals(ByteBuffer.wrap(bytes(reply)), after);
  }

  /** Least and most: how much of the reply is left. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          RAW       | ab                 | 1 | 1
          RAW       | hello              | 3 | 4
          LINE      | hello!\\n          | 3 | 5
          LINE      | hello!\\r\\n       | 3 | 5
          LINE      | hello!             | 3 | 5
          LENGTH    | \\0\\0\\0\\0       | 2 | 3
          LENGTH    | \\0\\0\\0\\2hi     | 3 | 5
          """)
  void cutsInTheSecondHalfAndMoreThanATerminator(
      Framing framing, String reply, int least, int most) {
    byte[] before = bytes(reply);
    Set<Integer> sizes = new TreeSet<>();
    for (int i = 0; i < ROUNDS; i++) {
      ByteBuffer after = ByteBuffer.wrap(before.clone());
      assertEquals(Fault.TRUNCATE, inflict(Fault.TRUNCATE, after, framing));
      assertEquals(ByteBuffer.wrap(before, 0, after.limit()), after, "what is left is right");
      sizes.add(after.limit());
    }
    assertEquals(most - least + 1, sizes.size(), sizes::toString);
    assertTrue(sizes.contains(least) && sizes.contains(most), sizes::toString);
  }

  @ParameterizedTest
  @EnumSource(
      value = Fault.class,
      names = {"RST", "CLOSE", "DROP", "DUP", "REORDER"})
  void leavesTheBytesOfAllOtherFaultsAlone(Fault fault) {
    ByteBuffer reply = ByteBuffer.wrap(bytes("hello\n"));
    assertEquals(fault, inflict(fault, reply, Framing.LINE));
    assertEquals(ByteBuffer.wrap(bytes("hello\n")), reply);
  }

  private Fault inflict(Fault fault, ByteBuffer reply, Framing framing) {
    return Damage.inflict(new Verdict(fault, 0, random.nextLong()), reply, framing);
  }

  private static byte[] bytes(String text) {
    return text.translateEscapes().getBytes(StandardCharsets.ISO_8859_1);
  }
}
