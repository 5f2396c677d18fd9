package io.sounder.protocol.reply;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Rfc868TimeTest {
  @ParameterizedTest
  @CsvSource({
    "1970-01-01T00:00:00Z, 2208988800",
    "1976-01-01T00:00:00Z, 2398291200",
    "1980-01-01T00:00:00Z, 2524521600",
    "1983-05-01T00:00:00Z, 2629584000",
    "2036-02-07T06:28:15Z, 4294967295",
    "2036-02-07T06:28:16Z, 0",
    "2036-02-07T06:28:17Z, 1"
  })
  void agreesWithTheExamplesOfTheRfcAndWrapsIn2036(String moment, long seconds) {
    long epochSecond = Instant.parse(moment).getEpochSecond();
    assertEquals((int) seconds, Rfc868Time.toWire(epochSecond));
    assertEquals(epochSecond, Rfc868Time.toEpochSecond((int) seconds));
  }

  @Test
  void knowsTheRfcsNegativeExampleOnlyAsWireBits() {
    long november1858 = Instant.parse("1858-11-17T00:00:00Z").getEpochSecond();
    assertEquals((int) -1_297_728_000L, Rfc868Time.toWire(november1858));
  }

  @ParameterizedTest
  @CsvSource({
    "2147483648, 1968-01-20T03:14:08Z",
    "4294967295, 2036-02-07T06:28:15Z",
    "0, 2036-02-07T06:28:16Z",
    "2147483647, 2104-02-26T09:42:23Z"
  })
  void readsValuesBelow2To31AsTheEraThatBeginsIn2036(long wire, String moment) {
    assertEquals(Instant.parse(moment).getEpochSecond(), Rfc868Time.toEpochSecond((int) wire));
  }

  @Test
  void writesFourBytesBigEndianWhateverWasAsked() {
    Reply reply = new ReplySpec(ReplySpec.Kind.TIME, null, null).reply(false);
    for (String question : new String[] {"", "x", "hello"}) {
      BufferSink out = new BufferSink(0);
      ByteBuffer message = ByteBuffer.wrap(question.getBytes(StandardCharsets.US_ASCII));
      assertEquals(4, reply.length(message, FixedExchange.numbered(1)));
      reply.write(message, FixedExchange.numbered(1), out);
      assertArrayEquals(HexFormat.of().parseHex("8ef30500"), out.toByteArray());
    }
  }
}
