package io.sounder.client.send;

import io.sounder.client.cli.Console;
import io.sounder.client.cli.CountConverter;
import io.sounder.client.cli.DurationConverter;
import io.sounder.client.cli.ReplyPrinter;
import io.sounder.client.cli.TargetConverter;
import io.sounder.client.exchange.Exchange;
import io.sounder.client.exchange.InputSource;
import io.sounder.client.exchange.MessageSource;
import io.sounder.client.exchange.TextSource;
import io.sounder.client.net.ConnectOptions;
import io.sounder.client.net.Dialer;
import io.sounder.client.net.MessageLink;
import io.sounder.client.outcome.ExitCode;
import io.sounder.client.outcome.UsageException;
import io.sounder.client.wire.Wiring;
import io.sounder.protocol.endpoint.EndpointException;
import io.sounder.protocol.endpoint.TargetSpec;
import io.sounder.protocol.endpoint.Units;
import io.sounder.protocol.framing.Framing;
import io.sounder.protocol.text.Escapes;
import java.nio.ByteBuffer;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Sends a text, once or many times, or standard input, and prints what comes back. */
@Command(
    name = "send",
    description = {
      "Sends a text or standard input, and prints what comes back: until as many replies came as",
      "were asked for (under a framing: one for each message), the peer closed, or it was silent for",
      "--wait. With the key reply in TARGET, the replies are verified."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  sounder send tcp://127.0.0.1:8888 hello",
      "  sounder send tcp://example.org:http 'GET / HTTP/1.1\\r\\n\\r\\n' --escapes --replies 1",
      "  sounder send 'tcp://127.0.0.1:8889?framing=line' 'message {n}' --repeat 10 --interval 2s",
      "  sounder send 'tcp://127.0.0.1:8888?reply=echo' - <photo.jpg >copy.jpg",
      "  sounder send tls://example.org:https 'HEAD / HTTP/1.0\\r\\n\\r\\n' --escapes --replies 1"
    })
public final class SendCommand implements Callable<Integer> {
  private static final String STDIN = "-";
  private static final int MAX_SHOWN_BYTES = 64 << 10;

  private final Console console;

  @Parameters(
      index = "0",
      paramLabel = "TARGET",
      converter = TargetConverter.class,
      description = "Where to, such as tcp://127.0.0.1:8888.")
  TargetSpec target;

  @Parameters(
      index = "1",
      paramLabel = "TEXT|-",
      arity = "0..1",
      defaultValue = STDIN,
      description =
          "What to send, as it is, without a line end; {n} in it counts. Or -, the default: standard"
              + " input, as it is, or where there is a framing each line as a message.")
  String text;

  @Option(
      names = "--escapes",
      description = "Understand \\n \\r \\t \\0 \\e \\\\ \\xHH \\uHHHH in TEXT.")
  boolean escapes;

  @Option(
      names = "--repeat",
      paramLabel = "N",
      converter = CountConverter.class,
      description = "How often to send TEXT (default: 1).")
  Long repeat;

  @Option(
      names = "--count-from",
      paramLabel = "N",
      description = "What {n} in TEXT is at first (default: 1).")
  Long countFrom;

  @Option(
      names = "--interval",
      paramLabel = "DURATION",
      converter = DurationConverter.class,
      description = "How long to wait between one TEXT and the next (default: 0).")
  Long intervalNanos;

  @Option(
      names = "--replies",
      paramLabel = "N",
      converter = CountConverter.class,
      description = "How many replies to print, and then end.")
  Long replies;

  @Option(
      names = "--wait",
      paramLabel = "DURATION|forever",
      converter = WaitConverter.class,
      defaultValue = "1s",
      description = "How long the peer may be silent in the end (default: ${DEFAULT-VALUE}).")
  long waitNanos;

  @Option(
      names = "--show-reads",
      description = "Print each read with its size, and the end, instead of the bytes alone.")
  boolean showsReads;

  @ArgGroup(validate = false, heading = ConnectOptions.HEADING)
  ConnectOptions connectOptions = new ConnectOptions();

  public SendCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    boolean plainStream =
        target.endpoint().scheme().isStream() && target.conversation().framing() == Framing.RAW;
    checkArguments();
    boolean fromInput = text.equals(STDIN);
    MessageSource source =
        fromInput ? InputSource.forTarget(console.in(), target) : textSource(plainStream);
    Exchange.Ending ending =
        new Exchange.Ending(
            replies == null ? Exchange.ANY : replies, waitNanos, fromInput && plainStream, true);
    Wiring wiring = connectOptions.wiring(target, console);
    try (MessageLink link = Dialer.standard(wiring).openMessages(target)) {
      Exchange exchange = new Exchange(target, link, source, ending);
      if (showsReads) {
        runShowingReads(exchange);
      } else {
        run(exchange, new ReplyPrinter(console, !plainStream));
      }
    }
    return ExitCode.OK;
  }

  private static void run(Exchange exchange, ReplyPrinter printer) {
    try {
      exchange.run(printer::print);
    } finally {
      printer.finish();
    }
  }

  private void runShowingReads(Exchange exchange) {
    Consumer<ByteBuffer> show =
        bytes -> {
          console
              .out()
              .println(size(bytes.remaining()) + ": " + Escapes.show(bytes, MAX_SHOWN_BYTES));
          console.flushOut();
        };
    if (exchange.run(show)) {
      console.out().println(size(0) + ": end of stream, the peer closed");
    }
  }

  private static String size(int bytes) {
    return "read " + bytes + (bytes == 1 ? " byte" : " bytes");
  }

  private void checkArguments() {
    boolean fromInput = text.equals(STDIN);
    if (fromInput && (escapes || repeat != null || countFrom != null || intervalNanos != null)) {
      throw new UsageException(
          "--escapes, --repeat, --count-from and --interval are for TEXT, not for standard input");
    }
    if (repeat != null && repeat < 1) {
      throw new UsageException("--repeat: allowed is 1 and more");
    }
    if (replies != null && replies < 1) {
      throw new UsageException("--replies: allowed is 1 and more");
    }
    if (showsReads && target.conversation().framing() != Framing.RAW) {
      throw new UsageException(
          "--show-reads: under framing="
              + target.conversation().framing().text()
              + " a message is no single read; leave the framing out");
    }
  }

  private MessageSource textSource(boolean plainStream) {
    // Nothing can be sent on a stream: it must not count as unsent when the peer closes at once.
    boolean isNothing = plainStream && text.isEmpty();
    TextSource source =
        new TextSource(
            text,
            escapes,
            isNothing ? 0 : repeat == null ? 1 : repeat,
            countFrom == null ? 1 : countFrom,
            intervalNanos == null ? 0 : intervalNanos);
    boolean byLine =
        target.conversation().framing() == Framing.LINE && target.endpoint().scheme().isStream();
    if (byLine && source.contains((byte) '\n')) {
      throw new UsageException(
          "TEXT has a line end in it, and under framing=line that ends the message; send the lines"
              + " from standard input, or leave the framing out");
    }
    return source;
  }

  /** Reads a duration, or {@code forever}. */
  static final class WaitConverter implements ITypeConverter<Long> {
    @Override
    public Long convert(String value) {
      if (value.equals("forever")) {
        return Exchange.FOREVER;
      }
      try {
        return Units.durationNanos(value);
      } catch (EndpointException e) {
        throw new EndpointException(e.getMessage() + ", nor is it forever");
      }
    }
  }
}
