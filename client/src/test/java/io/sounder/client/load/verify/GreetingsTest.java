package io.sounder.client.load.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sounder.protocol.endpoint.TargetSpec;
import io.sounder.protocol.reply.TemplateMatcher.State;
import io.sounder.protocol.text.Escapes;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GreetingsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "tcp://h:1?greeting=Hello {peer}!; Hello 1.2.3.4:5!",
        "tcp://h:1?greeting=a{n}&greeting=b{n}&greeting-repeat=2; a1b2a3b4",
        "tcp://h:1?framing=length&greeting=a{n}&greeting-repeat=2; \\x00\\x00\\x00\\x02a1\\x00\\x00\\x00\\x02a2",
        "tcp://h:1?framing=length-le&greeting={host}; \\x04\\x00\\x00\\x00name",
      })
  void areFollowedWhereverTheyAreCutAndLeaveTheRest(String url, String wire) {
    byte[] bytes = Escapes.parse(wire + "rest");
    int end = bytes.length - 4;
    for (int split = 0; split < end; split++) {
      Greetings greetings = new Greetings(TargetSpec.parse(url).conversation());
      assertEquals(State.PARTIAL, greetings.take(ByteBuffer.wrap(bytes, 0, split).slice()));
      ByteBuffer second = ByteBuffer.wrap(bytes, split, bytes.length - split).slice();
      assertEquals(State.COMPLETE, greetings.take(second), "split at " + split);
      assertEquals(4, second.remaining());
    }
  }

  @Test
  void anotherGreetingIsAMismatch() {
    Greetings greetings = new Greetings(TargetSpec.parse("tcp://h:1?greeting=Hi").conversation());
    assertEquals(State.MISMATCH, greetings.take(ByteBuffer.wrap(new byte[] {'H', 'o'})));
  }
}
