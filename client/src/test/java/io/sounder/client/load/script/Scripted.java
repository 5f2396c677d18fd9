package io.sounder.client.load.script;

import io.sounder.client.load.verify.Findings;
import io.sounder.client.load.verify.InFlight;
import io.sounder.protocol.endpoint.TargetSpec;
import io.sounder.protocol.framing.Framing;
import io.sounder.protocol.payload.Payload;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;

/** A script for one of ten connections to a target, and texts as its server would say them. */
final class Scripted {
  static final int CONNECTION = 4;
  static final int OTHER_CONNECTION = 7;

  private static final int CONNECTIONS = 10;
  private static final int RUN = 77;

  final TargetSpec target;
  final Dialogue dialogue;

  /**
   * A script.
   *
   * @param message null for payloads
   * @param expect null for what the target's key says
   */
  Scripted(String url, String message, String expect, boolean pipelined) {
    target = TargetSpec.parse(url);
    Script script =
        new Script(
            message == null ? null : new Texts(List.of(TextTemplate.compile(message))),
            expect == null ? null : ReplyRule.parse(expect),
            Map.of());
    script.check(target, pipelined ? 2 : 1);
    dialogue = script.dialogue(target, new Payload(RUN, 64), CONNECTIONS, pipelined);
  }

  /** A text on the wire, filled in as for a request. */
  byte[] says(String text, int connection, long sequence) {
    return says(text, target.conversation().framing(), connection, sequence);
  }

  static byte[] says(String text, Framing framing, int connection, long sequence) {
    RenderedText rendered =
        new RenderedText(
            new Texts(List.of(TextTemplate.compile(text))),
            framing,
            new Numbering(RUN, CONNECTIONS));
    ByteBuffer out = ByteBuffer.allocate(rendered.length(connection, sequence));
    rendered.write(connection, sequence, 0, out.capacity(), out);
    return out.array();
  }

  /** The answers to requests 0, 1, … of our connection, one behind the other. */
  byte[] saysInOrder(String text, int count) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (int i = 0; i < count; i++) {
      all.writeBytes(says(text, CONNECTION, i));
    }
    return all.toByteArray();
  }

  static InFlight begun(int count) {
    InFlight inFlight = new InFlight(count);
    for (int i = 0; i < count; i++) {
      inFlight.begin(i);
    }
    return inFlight;
  }

  static byte[] join(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }

  /** What is found when all these bytes come at once, to so many requests. */
  Findings judge(int requests, byte[]... parts) {
    InFlight inFlight = begun(requests);
    Findings findings = new Findings(inFlight);
    dialogue
        .verifiers()
        .newStream(CONNECTION, inFlight, findings)
        .take(ByteBuffer.wrap(join(parts)));
    return findings;
  }
}
