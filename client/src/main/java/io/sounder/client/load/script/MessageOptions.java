package io.sounder.client.load.script;

import io.sounder.client.outcome.UsageException;
import io.sounder.protocol.text.Escapes;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Option;

/** The flags for servers that are no echo. */
public final class MessageOptions {
  @Option(
      names = "--message",
      paramLabel = "TEXT",
      description = {
        "What to send in place of payloads. \\r \\n \\t \\0 \\e \\\\ \\xHH \\uHHHH are escapes; {n} is the"
            + " request's number over the whole test, {n:8} the same with leading zeros, {connection}"
            + " that of its connection, {random:8} letters and digits, {random:1-100} a number,"
            + " {hex:8} digits, {bytes:2} bytes."
      })
  String message;

  @Option(
      names = "--message-file",
      paramLabel = "FILE",
      description = "A --message on each line; each connection sends them in turn.")
  String messageFile;

  @Option(
      names = "--expect",
      paramLabel = "WHAT",
      description = {
        "What must come back, in place of the target's key reply. TEXT: exactly that, with the escapes"
            + " and placeholders of --message, which have the same values here. re:REGEX, length:N"
            + " bytes, until:TEXT with all before it, none; text:TEXT if TEXT begins like one of"
            + " these. Default: the message itself."
      })
  String expect;

  /**
   * What they say.
   *
   * @throws UsageException with one line for the user
   */
  public Script script() {
    return new Script(messages(), rule(), flags());
  }

  private Texts messages() {
    if (message != null && messageFile != null) {
      throw new UsageException("--message and --message-file: give one of them");
    }
    if (messageFile != null) {
      return new Texts(new MessageFile(messageFile).read());
    }
    try {
      return message == null ? null : new Texts(List.of(TextTemplate.compile(message)));
    } catch (IllegalArgumentException e) {
      throw new UsageException("--message: " + e.getMessage());
    }
  }

  private ReplyRule rule() {
    try {
      return expect == null ? null : ReplyRule.parse(expect);
    } catch (IllegalArgumentException e) {
      throw new UsageException("--expect: " + e.getMessage());
    }
  }

  private Map<String, String> flags() {
    Map<String, String> flags = new LinkedHashMap<>();
    put(flags, "message", message);
    put(flags, "message-file", messageFile);
    put(flags, "expect", expect);
    return flags;
  }

  private static void put(Map<String, String> flags, String name, String value) {
    if (value != null) {
      flags.put(name, Escapes.oneLine(value));
    }
  }
}
