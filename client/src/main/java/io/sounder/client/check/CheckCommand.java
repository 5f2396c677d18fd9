package io.sounder.client.check;

import io.sounder.client.cli.Console;
import io.sounder.client.cli.TargetConverter;
import io.sounder.client.net.ConnectOptions;
import io.sounder.client.net.Dialer;
import io.sounder.client.net.NanoClock;
import io.sounder.client.net.Rehearsal;
import io.sounder.client.outcome.ExitCode;
import io.sounder.client.wire.Wiring;
import io.sounder.protocol.endpoint.TargetSpec;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Goes to a target step by step, and says how each step went and how long it took. */
@Command(
    name = "check",
    description = {
      "Shows each step on the way to a target with its milliseconds, and both addresses; over TLS",
      "also what was negotiated, and the server's certificates with the days that are left. Makes a",
      "round trip over UDP, and elsewhere if the key reply is given, and verifies it then."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  sounder check tcp://example.org:http",
      "  sounder check 'tcp://127.0.0.1:8888?reply=echo' -v",
      "  sounder check udp://127.0.0.1:8888",
      "  sounder check tls://example.org:https -v",
      "",
      "Exit codes: 0 all well, 3 cannot resolve or connect (a failed TLS handshake too), 5 a wrong",
      "reply, 7 no reply or reset."
    })
public final class CheckCommand implements Callable<Integer> {
  private final Console console;

  @Parameters(
      paramLabel = "TARGET",
      converter = TargetConverter.class,
      description = "What to check, such as tcp://127.0.0.1:8888.")
  TargetSpec target;

  @Option(names = "-v", description = "Print the socket's options too, and more of certificates.")
  boolean showsOptions;

  @ArgGroup(validate = false, heading = ConnectOptions.HEADING)
  ConnectOptions connectOptions = new ConnectOptions();

  public CheckCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    NanoClock clock = NanoClock.SYSTEM;
    Wiring wiring = connectOptions.wiring(target, console);
    Rehearsal.make(
        target.endpoint().scheme(),
        (self, dialer) -> new Check(self, dialer, Console.silent(), showsOptions, clock).run());
    new Check(target, Dialer.standard(wiring), console, showsOptions, clock).run();
    return ExitCode.OK;
  }
}
