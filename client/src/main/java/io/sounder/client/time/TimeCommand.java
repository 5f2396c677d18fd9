package io.sounder.client.time;

import io.sounder.client.cli.Console;
import io.sounder.client.cli.TargetConverter;
import io.sounder.client.net.ConnectOptions;
import io.sounder.client.net.Dialer;
import io.sounder.client.outcome.ClientFailure;
import io.sounder.client.outcome.ErrorClass;
import io.sounder.client.outcome.ExitCode;
import io.sounder.client.outcome.UsageException;
import io.sounder.protocol.endpoint.TargetSpec;
import io.sounder.protocol.framing.Framing;
import io.sounder.protocol.reply.ReplySpec.Kind;
import io.sounder.protocol.reply.Rfc868Time;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Asks a time server, and prints the local date and the same moment in UTC. */
@Command(
    name = "time",
    description = "Asks a time server (RFC 868), over UDP or TCP.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  sounder time udp://127.0.0.1:37 --retries 3",
      "  sounder time tcp://time.example.org:time",
      "",
      "Exit code 5 if the answer is not of 4 bytes, 7 if none came."
    })
public final class TimeCommand implements Callable<Integer> {
  private static final int MAX_SHOWN_BYTES = 32;
  private static final int MAX_RETRIES = 1000;

  /** As ctime(3), and the time zone. */
  private static final DateTimeFormatter LOCAL =
      DateTimeFormatter.ofPattern("EEE MMM d HH:mm:ss yyyy zzz", Locale.ENGLISH);

  private final Console console;

  @Parameters(
      paramLabel = "TARGET",
      converter = TargetConverter.class,
      description = "The server, such as udp://127.0.0.1:37.")
  TargetSpec target;

  @Option(
      names = "--retries",
      paramLabel = "N",
      defaultValue = "2",
      description =
          "How often to ask again over UDP when nothing comes (default: ${DEFAULT-VALUE}).")
  int retries;

  @ArgGroup(validate = false, heading = ConnectOptions.HEADING)
  ConnectOptions connectOptions = new ConnectOptions();

  public TimeCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    checkArguments();
    TimeQuery query =
        new TimeQuery(target, Dialer.standard(connectOptions.wiring(target, console)));
    byte[] answer =
        target.endpoint().scheme().isStream() ? query.overStream() : query.overUdp(1 + retries);
    if (answer.length != Rfc868Time.SIZE) {
      throw wrongSize(answer);
    }
    print(Instant.ofEpochSecond(Rfc868Time.toEpochSecond(ByteBuffer.wrap(answer).getInt())));
    return ExitCode.OK;
  }

  private void checkArguments() {
    if (retries < 0 || retries > MAX_RETRIES) {
      throw new UsageException("--retries: allowed is 0 to " + MAX_RETRIES);
    }
    if (target.conversation().framing() != Framing.RAW) {
      throw new UsageException(target.text() + ": a time server (RFC 868) speaks no framing");
    }
    if (target.conversation().replyGiven() && target.conversation().reply().kind() != Kind.TIME) {
      throw new UsageException(
          target.text() + ": the command time expects reply=time, and no other");
    }
  }

  private ClientFailure wrongSize(byte[] answer) {
    int shown = Math.min(MAX_SHOWN_BYTES, answer.length);
    String bytes = HexFormat.ofDelimiter(" ").formatHex(answer, 0, shown);
    return new ClientFailure(
        ErrorClass.PROTOCOL,
        "wrong answer from "
            + target.endpoint()
            + ": "
            + ErrorClass.PROTOCOL.text()
            + ": "
            + answer.length
            + " bytes"
            + (answer.length == 0 ? "" : ": " + bytes + (shown < answer.length ? " …" : ""))
            + "; a time server (RFC 868) answers with "
            + Rfc868Time.SIZE);
  }

  private void print(Instant moment) {
    console.out().println("local  " + LOCAL.format(moment.atZone(ZoneId.systemDefault())));
    console.out().println("utc    " + moment);
  }
}
