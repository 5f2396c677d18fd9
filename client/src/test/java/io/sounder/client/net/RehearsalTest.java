package io.sounder.client.net;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sounder.protocol.endpoint.Scheme;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A rehearsal that fails says nothing, so it is looked at here. */
@Timeout(20)
class RehearsalTest {
  @ParameterizedTest
  @EnumSource
  void whatIsSentComesBack(Scheme scheme) {
    List<String> replies = new ArrayList<>();
    Deadline deadline = Deadline.after(NanoClock.SYSTEM, 10_000_000_000L);

    Rehearsal.make(
        scheme,
        (self, dialer) -> {
          assertEquals(scheme, self.endpoint().scheme());
          try (MessageLink link = dialer.openMessages(self)) {
            link.send(ByteBuffer.wrap("echo".getBytes(StandardCharsets.US_ASCII)));
            assertEquals(MessageLink.Event.MESSAGE, link.receive(deadline));
            replies.add(StandardCharsets.US_ASCII.decode(link.message()).toString());
          }
        });

    assertEquals(List.of("echo"), replies);
  }
}
