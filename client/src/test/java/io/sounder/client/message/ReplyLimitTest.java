package io.sounder.client.message;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sounder.protocol.endpoint.TargetSpec;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReplyLimitTest {
  @ParameterizedTest
  @CsvSource({
    "framing=line&max-frame=10, 10",
    "framing=line&max-frame=10&reply=ok, 15",
    "framing=line&max-frame=10&reply=replace:ab:cdef, 20",
    "framing=line&max-frame=11&reply=replace:ab:cdef, 21",
    "framing=line&max-frame=10&reply=replace:ab:c, 10",
    "framing=line&max-frame=10&reply=count, 65536",
    "framing=line&max-frame=10&greeting=hi, 65536",
    "framing=line&max-frame=16MiB&reply=count, 16777216",
  })
  void isTheFrameAndWhatTheReplyAdds(String keys, int expected) {
    TargetSpec target = TargetSpec.parse("tcp://127.0.0.1:7?" + keys);

    assertEquals(expected, ReplyLimit.maxReplyBytes(target.conversation()));
  }
}
