package io.sounder.protocol.reply;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sounder.protocol.endpoint.Conversation;
import io.sounder.protocol.endpoint.ListenerSpec;
import io.sounder.protocol.endpoint.Scheme;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds for every reply, since headers are written before replies are. */
class ReplyContractTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "echo",
        "ok",
        "count",
        "whoami",
        "time",
        "discard",
        "text:",
        "text:Hi {peer}, {n}",
        "replace:a:b",
        "replace:ab:",
        "replace:aa:aaa",
        "replace:aba:b"
      })
  void announcesTheLengthThatItWrites(String value) {
    Conversation conversation =
        ListenerSpec.parse("udp://127.0.0.1:1?reply=" + value).conversation();
    Reply reply = conversation.newReply(Scheme.UDP);
    Random random = new Random(6);
    BufferSink out = new BufferSink(0);
    for (int i = 0; i < 5_000; i++) {
      ByteBuffer message = message(random);
      FixedExchange exchange = FixedExchange.numbered(1 + (random.nextLong() >>> (2 + i % 60)));
      int start = message.position();
      int end = message.limit();
      int announced = reply.length(message, exchange);
      assertEquals(start, message.position());
      assertEquals(end, message.limit());
      out.clear();
      reply.write(message, exchange, out);
      assertEquals(announced, out.size());
      assertEquals(end, message.limit());
      assertEquals(reply.isSilent(), value.equals("discard"));
    }
  }

  /**
   * A message somewhere inside a larger buffer, of few different bytes so that replace has work.
   */
  private static ByteBuffer message(Random random) {
    ByteBuffer bytes = ByteBuffer.allocate(100);
    while (bytes.hasRemaining()) {
      bytes.put(
          (byte) (random.nextInt(20) == 0 ? random.nextInt() : "ab ".charAt(random.nextInt(3))));
    }
    int start = random.nextInt(40);
    return bytes.limit(start + random.nextInt(60)).position(start);
  }

  @ParameterizedTest
  @CsvSource({
    "a, b, banana, bbnbnb",
    "an, '', banana, ba",
    "aa, b, aaaaa, bba",
    "aa, aaa, aaaa, aaaaaa",
    "aba, x, ababa, xba",
    "aab, x, aaab, ax",
    "banana, x, banana, x",
    "bananas, x, banana, banana",
    "a, a, aaa, aaa",
    "x, y, '', ''",
    "发送, 接收, 已发送发送, 已接收接收"
  })
  void replacesFromLeftToRightWithoutOverlap(String from, String to, String message, String reply) {
    BufferSink out = new BufferSink(0);
    new Replace(utf8(from), utf8(to)).write(ByteBuffer.wrap(utf8(message)), null, out);
    assertEquals(reply, new String(out.toByteArray(), StandardCharsets.UTF_8));
  }

  @Test
  void replacesAsStringDoes() {
    Random random = new Random(7);
    for (int i = 0; i < 50_000; i++) {
      String from = word(random, 1 + random.nextInt(3));
      String to = word(random, random.nextInt(4));
      String message = word(random, random.nextInt(20));
      BufferSink out = new BufferSink(0);
      new Replace(utf8(from), utf8(to)).write(ByteBuffer.wrap(utf8(message)), null, out);
      assertEquals(
          message.replace(from, to),
          new String(out.toByteArray(), StandardCharsets.UTF_8),
          () -> from + " by " + to + " in " + message);
    }
  }

  private static String word(Random random, int length) {
    return random
        .ints(length, 'a', 'c')
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  @Test
  void doesNotReplaceBeyondTheMessage() {
    ByteBuffer bytes = ByteBuffer.wrap(utf8("abab")).limit(3);
    BufferSink out = new BufferSink(0);
    new Replace(utf8("ab"), utf8("x")).write(bytes, null, out);
    assertArrayEquals(utf8("xa"), out.toByteArray());
    assertThrows(IllegalArgumentException.class, () -> new Replace(new byte[0], utf8("x")));
  }

  @Test
  void writesNumbersAsStringsDo() {
    Random random = new Random(8);
    BufferSink out = new BufferSink(0);
    for (int i = 0; i < 10_000; i++) {
      long value = i < 2000 ? i : random.nextLong() >>> (1 + random.nextInt(63));
      value = i == 2000 ? Long.MAX_VALUE : value;
      out.clear();
      Decimal.write(value, out);
      assertArrayEquals(utf8(Long.toString(value)), out.toByteArray());
      assertEquals(out.size(), Decimal.length(value));
    }
  }

  @Test
  void knowsTheNamesOfItsPlaceholders() {
    assertEquals("{peer.host}", Placeholder.PEER_HOST.text());
    assertEquals("{n}", Placeholder.NUMBER.text());
    assertTrue(Placeholder.at("x{n}", 0).isEmpty());
    assertEquals(Placeholder.NUMBER, Placeholder.at("x{n}", 1).orElseThrow());
  }

  @Test
  void gathersWhatIsPutWhateverItsSize() {
    BufferSink out = new BufferSink(0);
    out.put(utf8("a".repeat(40)));
    out.put((byte) 'b');
    out.putInt(0x01020304);
    ByteBuffer source = ByteBuffer.wrap(utf8("xcx")).position(1).limit(2);
    out.put(source);
    assertEquals(0, source.remaining());
    assertEquals(
        "a".repeat(40) + "b\u0001\u0002\u0003\u0004c",
        new String(out.toByteArray(), StandardCharsets.US_ASCII));
    assertEquals(46, out.size());
    assertEquals(46, out.view().remaining());
    out.clear();
    assertEquals(0, out.size());
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
