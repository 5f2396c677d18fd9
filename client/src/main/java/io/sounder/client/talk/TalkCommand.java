package io.sounder.client.talk;

import io.sounder.client.cli.Console;
import io.sounder.client.cli.ReplyPrinter;
import io.sounder.client.cli.TargetConverter;
import io.sounder.client.exchange.Exchange;
import io.sounder.client.exchange.InputSource;
import io.sounder.client.net.ConnectOptions;
import io.sounder.client.net.Dialer;
import io.sounder.client.net.MessageLink;
import io.sounder.client.outcome.ExitCode;
import io.sounder.client.wire.Wiring;
import io.sounder.protocol.endpoint.TargetSpec;
import io.sounder.protocol.framing.Framing;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Talks to a target: at a terminal line by line behind a prompt, on a pipe as a filter. */
@Command(
    name = "talk",
    description = {
      "At a terminal: prompts, sends what is typed, prints what comes. Ctrl-D ends.",
      "On a pipe: sends standard input, then half-closes; prints everything that comes back. Without",
      "a framing the bytes go as they are; with one, and over UDP, each line is a message. The filter",
      "ends when the server closes, however long that takes (over UDP after 1 s of silence); what",
      "bounds the wait is 'sounder send TARGET - --wait DURATION'. TLS 1.2 cannot half-close: there",
      "the filter ends after 1 s of silence, as over UDP."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  sounder talk tcp://127.0.0.1:8888",
      "  sounder talk 'tcp://127.0.0.1:8889?framing=line'",
      "  sounder talk 'tcp://127.0.0.1:8080?framing=length-le'",
      "  sounder talk tls://127.0.0.1:8443 --ca ca.pem",
      "  sounder talk tcp://127.0.0.1:8888 <photo.jpg >copy.jpg"
    })
public final class TalkCommand implements Callable<Integer> {
  /** Datagrams have no end: after so much silence, nothing more is expected. */
  private static final long UDP_SILENCE_NANOS = 1_000_000_000L;

  private final Console console;

  @Parameters(
      paramLabel = "TARGET",
      converter = TargetConverter.class,
      description = "Whom to talk to, such as tcp://127.0.0.1:8888.")
  TargetSpec target;

  @ArgGroup(validate = false, heading = ConnectOptions.HEADING)
  ConnectOptions connectOptions = new ConnectOptions();

  public TalkCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    Wiring wiring = connectOptions.wiring(target, console);
    try (MessageLink link = Dialer.standard(wiring).openMessages(target)) {
      if (console.inIsTerminal() && console.outIsTerminal()) {
        return prompted(link);
      }
      filter(link);
      return ExitCode.OK;
    }
  }

  private int prompted(MessageLink link) throws IOException {
    try (Terminal terminal =
        TerminalBuilder.builder()
            .system(true)
            .dumb(true) // without a word about it
            .encoding(StandardCharsets.UTF_8)
            .build()) {
      return new PromptedTalk(target, link).run(terminal);
    }
  }

  private void filter(MessageLink link) {
    boolean isStream = target.endpoint().scheme().isStream();
    boolean isPlainStream = isStream && target.conversation().framing() == Framing.RAW;
    long waitNanos = isStream ? Exchange.FOREVER : UDP_SILENCE_NANOS;
    Exchange.Ending ending = new Exchange.Ending(Exchange.ANY, waitNanos, true, false);
    ReplyPrinter printer = new ReplyPrinter(console, !isPlainStream);
    try {
      new Exchange(target, link, InputSource.forTarget(console.in(), target), ending)
          .run(printer::print);
    } finally {
      printer.finish();
    }
  }
}
