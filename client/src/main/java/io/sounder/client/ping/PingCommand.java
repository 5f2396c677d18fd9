package io.sounder.client.ping;

import io.sounder.client.cli.Console;
import io.sounder.client.cli.CountConverter;
import io.sounder.client.cli.DurationConverter;
import io.sounder.client.cli.Interrupts;
import io.sounder.client.cli.TargetConverter;
import io.sounder.client.net.ConnectOptions;
import io.sounder.client.net.Dialer;
import io.sounder.client.net.NanoClock;
import io.sounder.client.net.Rehearsal;
import io.sounder.client.outcome.ClientFailure;
import io.sounder.client.outcome.ExitCode;
import io.sounder.client.outcome.UsageException;
import io.sounder.client.wire.Wiring;
import io.sounder.protocol.endpoint.TargetSpec;
import io.sounder.protocol.reply.ReplySpec.Kind;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Sends a message each second, times its echo, and sums up. */
@Command(
    name = "ping",
    description = {
      "Sends a message each interval and prints a line for its echo; sums up at the end, or on",
      "Ctrl-C. Each reply is verified: echo is expected, or what the key reply in TARGET says."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  sounder ping tcp://127.0.0.1:8888",
      "  sounder ping udp://127.0.0.1:8888 -n 5 --interval 200ms",
      "  sounder ping tls://127.0.0.1:8443 --ca ca.pem",
      "  sounder ping 'tcp://127.0.0.1:8889?framing=line&reply=ok'",
      "",
      "Exit codes: 0 replies came, 3 cannot connect, 5 a wrong reply, or on a stream one that came",
      "twice (over UDP the network may have copied it: that is only reported), 7 no reply, or the",
      "connection was lost, 130 interrupted."
    })
public final class PingCommand implements Callable<Integer> {
  private static final long MIN_INTERVAL_NANOS = 1_000_000L;
  private static final long MAX_COUNT = 1_000_000_000L;

  private final Console console;

  @Parameters(
      paramLabel = "TARGET",
      converter = TargetConverter.class,
      description = "Whom to ping, such as udp://127.0.0.1:8888.")
  TargetSpec target;

  @Option(
      names = "-n",
      paramLabel = "N",
      converter = CountConverter.class,
      description = "How many pings (default: until Ctrl-C).")
  Long count;

  @Option(
      names = "--interval",
      paramLabel = "DURATION",
      converter = DurationConverter.class,
      defaultValue = "1s",
      description = "From one ping to the next (default: ${DEFAULT-VALUE}).")
  long intervalNanos;

  @ArgGroup(validate = false, heading = ConnectOptions.HEADING)
  ConnectOptions connectOptions = new ConnectOptions();

  public PingCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    checkArguments();
    Wiring wiring = connectOptions.wiring(target, console);
    rehearse();
    PingReport report = new PingReport(console);
    long run = ThreadLocalRandom.current().nextLong();
    try (Pinger pinger =
            new Pinger(target, Dialer.standard(wiring), report, NanoClock.SYSTEM, run);
        Interrupts interrupts = Interrupts.takeOver(pinger::requestStop)) {
      pinger.open();
      pinger.announce();
      runAndSumUp(pinger, report);
      return exitCode(pinger.ledger(), interrupts.requested());
    }
  }

  private void runAndSumUp(Pinger pinger, PingReport report) {
    long start = NanoClock.SYSTEM.nanoTime();
    try {
      pinger.run(count == null ? MAX_COUNT : count, intervalNanos);
    } catch (ClientFailure e) {
      int code = hasWrongReplies(pinger.ledger()) ? ExitCode.VERIFICATION : ExitCode.OK;
      throw new ClientFailure(
          e.errorClass(), ExitCode.worst(code, e.exitCode()), e.getMessage(), e);
    } finally {
      report.summary(target.text(), pinger.ledger(), NanoClock.SYSTEM.nanoTime() - start);
    }
  }

  private int exitCode(PingLedger ledger, boolean interrupted) {
    int code = interrupted ? ExitCode.INTERRUPTED : ExitCode.OK;
    if (hasWrongReplies(ledger)) {
      code = ExitCode.worst(code, ExitCode.VERIFICATION);
    }
    return ledger.received() == 0 ? ExitCode.worst(code, ExitCode.FAILED) : code;
  }

  /** Only on a stream is a second reply the server's doing; a datagram the network may copy. */
  private boolean hasWrongReplies(PingLedger ledger) {
    boolean repeated = target.endpoint().scheme().isStream() && ledger.duplicates() > 0;
    return ledger.wrong() > 0 || repeated;
  }

  private void checkArguments() {
    if (count != null && (count < 1 || count > MAX_COUNT)) {
      throw new UsageException("-n: allowed is 1 to " + MAX_COUNT);
    }
    if (intervalNanos < MIN_INTERVAL_NANOS) {
      throw new UsageException("--interval: allowed is 1ms and more; load sends faster than that");
    }
    if (target.conversation().reply().kind() == Kind.DISCARD) {
      throw new UsageException(target.text() + ": with reply=discard there is no echo to time");
    }
    if (target.conversation().isTimeAtOnce(target.endpoint().scheme())
        || target.conversation().closeAfter() == 0) {
      throw new UsageException(
          target.text() + ": it closes without taking a message; the commands check and time do");
    }
  }

  /** So that the first time printed is of the network, and not of Java loading classes. */
  private void rehearse() {
    PingReport nowhere = new PingReport(Console.silent());
    Rehearsal.make(
        target.endpoint().scheme(),
        (self, dialer) -> {
          try (Pinger pinger = new Pinger(self, dialer, nowhere, NanoClock.SYSTEM, 0)) {
            pinger.open();
            pinger.announce();
            pinger.run(1, MIN_INTERVAL_NANOS);
          }
        });
  }
}
