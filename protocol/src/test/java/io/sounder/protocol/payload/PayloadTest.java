package io.sounder.protocol.payload;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PayloadTest {
  private static final int RUN = 0xCAFE0123;

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 8, 31, 32, 33, 64, 1000, 4099})
  void isPrintableAndHoldsNeitherBlanksNorTheOkPrefix(int size) {
    for (long sequence = 0; sequence < 50; sequence++) {
      for (byte b : message(new Payload(RUN, size), 3, sequence)) {
        assertTrue(
            (b >= '0' && b <= '9') || (b >= 'a' && b <= 'p'), "byte " + b + " of size " + size);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 5, 8, 31, 32, 40, 41, 64, 133, 500, 4403})
  void isTheSameInWhateverPartsItIsWritten(int size) {
    Payload payload = new Payload(RUN, size);
    byte[] whole = message(payload, 9, 12_345);
    for (int split = 0; split <= size; split++) {
      ByteBuffer parts = ByteBuffer.allocateDirect(size);
      payload.write(9, 12_345, 0, split, parts);
      payload.write(9, 12_345, split, size - split, parts);
      byte[] joined = new byte[size];
      parts.flip().get(joined);
      assertArrayEquals(whole, joined, "split at " + split);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 5, 8, 31, 32, 40, 41, 64, 133, 500})
  void matchesItselfFromEveryPlaceToEveryPlace(int size) {
    Payload payload = new Payload(RUN, size);
    ByteBuffer whole = ByteBuffer.wrap(message(payload, 1, 77));
    for (int from = 0; from <= size; from++) {
      for (int to = from; to <= size; to++) {
        ByteBuffer part = whole.duplicate().limit(to).position(from);
        assertEquals(to - from, payload.match(1, 77, from, size - from, part));
        assertEquals(to, part.position());
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 5, 8, 31, 32, 41, 64, 133, 500, 4403})
  void everyFlippedBitIsFoundWhereItIs(int size) {
    Payload payload = new Payload(RUN, size);
    byte[] bytes = message(payload, 2, 5);
    for (int bit = 0; bit < size * 8; bit++) {
      byte[] flipped = bytes.clone();
      flipped[bit / 8] ^= (byte) (1 << bit % 8);
      assertEquals(bit / 8, payload.match(2, 5, 0, size, ByteBuffer.wrap(flipped)), "bit " + bit);
    }
  }

  @Test
  void saysWhoseItIs() {
    Payload payload = new Payload(RUN, 32);
    Identity identity = new Identity();
    for (int connection : new int[] {0, 1, 255, 256, 4999, Identity.MAX_CONNECTION}) {
      for (long sequence : new long[] {0, 1, 0xFFFF_FFFFL, 1L << 32, Identity.MAX_SEQUENCE}) {
        ByteBuffer bytes = ByteBuffer.wrap(message(payload, connection, sequence));
        assertTrue(identity.read(bytes, 0));
        assertEquals(RUN, identity.run());
        assertEquals(connection, identity.connection());
        assertEquals(sequence, identity.sequence());
      }
    }
  }

  @Test
  void aHeaderWithAnyFlippedBitIsNobodys() {
    byte[] bytes = message(new Payload(RUN, 64), 12, 34);
    Identity identity = new Identity();
    for (int bit = 0; bit < Identity.BYTES * 8; bit++) {
      byte[] flipped = bytes.clone();
      flipped[bit / 8] ^= (byte) (1 << bit % 8);
      assertFalse(identity.read(ByteBuffer.wrap(flipped), 0), "bit " + bit);
    }
  }

  @Test
  void headersAreHexadecimalAndReadable() {
    String text =
        new String(message(new Payload(0x0012abcd, 40), 0x4d2, 0x10F), StandardCharsets.US_ASCII);
    assertEquals("0012abcd" + "0004d2" + "000000010f", text.substring(0, 24));
  }

  @Test
  void theBytesOfAMessageNeverChange() {
    assertEquals(
        "cafe01230004d2000000010f280e4b03lhkmfjaiaemgkcpejdkdnbibmjbdejapgfgjmcea",
        new String(message(new Payload(RUN, 72), 0x4d2, 0x10F), StandardCharsets.US_ASCII));
    assertEquals(
        "ldidkbolndn",
        new String(message(new Payload(RUN, 11), 0x4d2, 0x10F), StandardCharsets.US_ASCII));
  }

  @Test
  void noTwoMessagesAreAlike() {
    Payload payload = new Payload(RUN, 64);
    Set<String> fillers = new HashSet<>();
    for (int connection = 0; connection < 50; connection++) {
      for (long sequence = 0; sequence < 50; sequence++) {
        byte[] bytes = message(payload, connection, sequence);
        fillers.add(
            new String(Arrays.copyOfRange(bytes, Identity.BYTES, 64), StandardCharsets.US_ASCII));
      }
    }
    assertEquals(50 * 50, fillers.size());
  }

  @Test
  void noTwoBlocksOfALongMessageAreAlike() {
    byte[] bytes = message(new Payload(RUN, 16 << 20), 1, 1);
    Set<String> blocks = new HashSet<>();
    for (int at = 0; at < bytes.length; at += 4096) {
      blocks.add(new String(Arrays.copyOfRange(bytes, at, at + 64), StandardCharsets.US_ASCII));
    }
    assertEquals(bytes.length / 4096, blocks.size());
  }

  @ParameterizedTest
  @ValueSource(ints = {4095, 4096, 4104, 20_000})
  void theBlocksOfALongMessageMeetWithoutASeam(int size) {
    Payload payload = new Payload(RUN, size);
    byte[] whole = message(payload, 9, 12_345);
    for (int from : new int[] {0, 31, 4090, 4095, 4096, 4097, 8191, 8192, 19_999}) {
      if (from < size) {
        ByteBuffer part = ByteBuffer.allocate(size - from);
        payload.write(9, 12_345, from, size - from, part);
        assertArrayEquals(Arrays.copyOfRange(whole, from, size), part.array(), "from " + from);
        assertEquals(size - from, payload.match(9, 12_345, from, size, part.flip()));
      }
    }
    for (int wrong : new int[] {40, 4087, 4095, 4096, 4100, 8192, 19_000}) {
      if (wrong < size) {
        byte[] damaged = whole.clone();
        damaged[wrong] ^= 1;
        assertEquals(wrong, payload.match(9, 12_345, 0, size, ByteBuffer.wrap(damaged)));
      }
    }
  }

  @Test
  void shortMessagesAreStretchesOfOneStreamForEachConnection() {
    Payload five = new Payload(RUN, 5);
    Payload ten = new Payload(RUN, 10);
    byte[] two = new byte[10];
    System.arraycopy(message(five, 4, 6), 0, two, 0, 5);
    System.arraycopy(message(five, 4, 7), 0, two, 5, 5);
    assertArrayEquals(message(ten, 4, 3), two);
    assertNotEquals(
        new String(message(ten, 4, 3), StandardCharsets.US_ASCII),
        new String(message(ten, 5, 3), StandardCharsets.US_ASCII));
  }

  @Test
  void hexadecimalWordsGoBothWays() {
    Random random = new Random(1);
    for (int i = 0; i < 10_000; i++) {
      int value = random.nextInt();
      String text = String.format("%08x", value);
      long word = ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII)).getLong();
      assertEquals(word, Words.hex(value), text);
      assertEquals(value, Words.fromHex(word), text);
    }
  }

  private static byte[] message(Payload payload, int connection, long sequence) {
    ByteBuffer out = ByteBuffer.allocate(payload.size());
    payload.write(connection, sequence, 0, payload.size(), out);
    assertEquals(payload.size(), out.position());
    return out.array();
  }
}
