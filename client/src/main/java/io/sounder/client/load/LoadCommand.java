package io.sounder.client.load;

import io.sounder.client.cli.Console;
import io.sounder.client.cli.CountConverter;
import io.sounder.client.cli.DurationConverter;
import io.sounder.client.cli.SizeConverter;
import io.sounder.client.cli.TargetConverter;
import io.sounder.client.load.script.MessageOptions;
import io.sounder.client.load.script.Script;
import io.sounder.client.load.slo.Slo;
import io.sounder.client.net.ConnectOptions;
import io.sounder.client.net.Rehearsal;
import io.sounder.client.outcome.UsageException;
import io.sounder.client.report.LoadResult;
import io.sounder.client.report.ResultJson;
import io.sounder.client.report.ResultTable;
import io.sounder.client.report.Style;
import io.sounder.client.report.Verdict;
import io.sounder.client.wire.Wiring;
import io.sounder.protocol.endpoint.Scheme;
import io.sounder.protocol.endpoint.TargetSpec;
import io.sounder.protocol.endpoint.Units;
import java.util.concurrent.Callable;
import java.util.function.LongFunction;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code load}: many connections, many requests, every reply verified. */
@Command(
    name = "load",
    description = {
      "Sends requests on many connections, verifies every reply, and reports rates, errors and"
          + " latencies.",
      "",
      "With --rate a request is sent at its planned moment, whatever became of those before it,"
          + " and its response time runs from that moment. Without, replies set the pace.",
      "",
      "What comes back is expected to be the echo; keys of the target say otherwise."
    },
    footer = {
      "",
      "Examples:",
      "  sounder load tcp://127.0.0.1:8888 -c 64 -d 10s",
      "  sounder load tcp://127.0.0.1:8888 -c 100 --rate 50k --html report.html",
      "  sounder load tcp://127.0.0.1:8888 -c 100 --ramp 1k:50k:30s -d 60s",
      "  sounder load tcp://127.0.0.1:8888 -c 100 --rate 50k --slo 'p99<2ms,errors<0.1%%'",
      "  sounder load tcp://127.0.0.1:8888 -c 64 --find-max 'p99<2ms'",
      "  sounder load tcp://127.0.0.1:8888 -c 64 --sweep 1k:20k:1k --json sweep.jsonl",
      "  sounder load 'tcp://127.0.0.1:8889?framing=line&reply=ok&greeting=Hi%%0A' -p 16",
      "  sounder load udp://127.0.0.1:8888 -n 100k -s 1200B --json result.json",
      "  sounder load tcp://127.0.0.1:6379 --message 'PING\\r\\n' --expect '+PONG\\r\\n' -p 16",
      "  sounder load tcp://127.0.0.1:7 --message 'hello {n}\\n'",
      "  sounder load tls://127.0.0.1:8443 --ca ca.pem -c 64",
      "",
      "Exit codes: 0 all well, 2 usage, 3 no connection could be made, 4 an objective was missed,",
      "5 a reply was wrong, 6 this client was the limit, 7 failed on the way (reset, closed early,",
      "no reply in time, lost, pending), 130 interrupted."
    })
public final class LoadCommand implements Callable<Integer> {
  private static final int MAX_PAYLOAD_BYTES = 256 << 20;
  private static final int DEFAULT_PAYLOAD_BYTES = 64;
  private static final int MAX_CONNECTIONS = 1_000_000;
  private static final int MAX_PIPELINE = 1 << 16;
  private static final int MAX_THREADS = 1024;
  private static final long DEFAULT_WARM_UP_NANOS = 1_000_000_000L;
  private static final long MAX_TIME_NANOS = 366L * 24 * 3_600_000_000_000L;
  private final Console console;

  @Parameters(
      paramLabel = "TARGET",
      converter = TargetConverter.class,
      description =
          "Such as tcp://127.0.0.1:8888, tls://…, udp://…, unix:///path; keys say what to expect.")
  TargetSpec target;

  @Option(
      names = {"-c", "--connections"},
      paramLabel = "N",
      defaultValue = "10",
      converter = CountConverter.class,
      description = "How many at once; over UDP as many sockets. Default: ${DEFAULT-VALUE}.")
  long connections;

  @Option(
      names = {"-d", "--duration"},
      paramLabel = "TIME",
      converter = DurationConverter.class,
      description =
          "How long to measure, after the warm-up. Default: 10s; of each step of --sweep: 3s.")
  Long durationNanos;

  @Option(
      names = {"-n", "--requests"},
      paramLabel = "N",
      converter = CountConverter.class,
      description = "How many at most; --duration still ends it if that is sooner.")
  Long requests;

  @Option(
      names = {"-s", "--size"},
      paramLabel = "SIZE",
      converter = SizeConverter.class,
      description = "Of each payload. Default: 64B.")
  Long payloadBytes;

  @Option(
      names = {"-p", "--pipeline"},
      paramLabel = "N",
      defaultValue = "1",
      converter = CountConverter.class,
      description = "Requests in flight on each connection. Default: ${DEFAULT-VALUE}.")
  long pipeline;

  @Option(
      names = {"-t", "--threads"},
      paramLabel = "N",
      defaultValue = "1",
      converter = CountConverter.class,
      description = "Event loops, which share the connections. Default: ${DEFAULT-VALUE}.")
  long threads;

  @Option(
      names = "--warmup",
      paramLabel = "TIME",
      converter = DurationConverter.class,
      description = "Verified, but not measured. Default: 1s, and none with --requests.")
  Long warmUpNanos;

  @Option(
      names = "--timeout",
      paramLabel = "TIME",
      defaultValue = "5s",
      converter = DurationConverter.class,
      description =
          "For a connect, a TLS handshake, a reply, and for the last replies. Default: 5s.")
  long timeoutNanos;

  @Option(
      names = "--slo",
      paramLabel = "LIST",
      description =
          "What is asked of the target, such as 'p99<2ms,errors<0.1%%,rate>=99%%'; missed: exit 4.")
  String slo;

  @Mixin PaceOptions paceOptions = new PaceOptions();

  @Mixin StepOptions stepOptions = new StepOptions();

  @Mixin ConnectionOptions connectionOptions = new ConnectionOptions();

  @ArgGroup(validate = false, heading = ConnectOptions.HEADING)
  ConnectOptions connectOptions = new ConnectOptions();

  @Mixin OutputOptions outputOptions = new OutputOptions();

  @ArgGroup(validate = false, heading = "%nServers that are no echo:%n")
  MessageOptions messages = new MessageOptions();

  public LoadCommand(Console console) {
    this.console = console;
  }

  /**
   * Checks the flags and how they go together, and reads no file that they name.
   *
   * @throws UsageException with one line for the user
   */
  public void check() {
    outputOptions.check();
    connectOptions.check(target);
    stepOptions.steps(paceOptions, plan(Wiring.PLAIN), objective());
  }

  @Override
  public Integer call() throws InterruptedException {
    outputOptions.check();
    LoadPlan plan = plan(connectOptions.wiring(target, console));
    Steps steps = stepOptions.steps(paceOptions, plan, objective());
    if (target.endpoint().scheme() == Scheme.TLS) {
      Rehearsal.make(Scheme.TLS, (self, dialer) -> dialer.connect(self).close());
    }
    try (Outputs outputs = Outputs.open(outputOptions, console)) {
      Tester tester = new Tester(outputs::followers);
      return outputs.report(
          steps == null ? single(plan, tester, outputs) : steps.run(tester, outputs));
    }
  }

  private static int single(LoadPlan plan, Tester tester, Outputs outputs)
      throws InterruptedException {
    LoadResult result = tester.run(plan);
    outputs.print(ResultTable.lines(result, outputs.style()));
    outputs.write(ResultJson.tree(result, Tester.environment()));
    return Verdict.of(result, Style.PLAIN).exitCode();
  }

  private LoadPlan plan(Wiring wiring) {
    stepOptions.checkAlone(this);
    long measureNanos = durationNanos == null ? stepOptions.durationNanos() : durationNanos;
    Script script = messages.script();
    if (script.hasMessages() && payloadBytes != null) {
      throw new UsageException("--size is for payloads; a message is as long as it is");
    }
    long size = payloadBytes == null ? DEFAULT_PAYLOAD_BYTES : payloadBytes;
    return new LoadPlan(
        target,
        (int) within("--connections", connections, 1, MAX_CONNECTIONS),
        time("--duration", measureNanos, 1),
        requests == null ? LoadPlan.UNLIMITED : within("--requests", requests, 1, Long.MAX_VALUE),
        (int) within("--size", size, 0, MAX_PAYLOAD_BYTES, Units::sizeText),
        (int) within("--pipeline", pipeline, 1, MAX_PIPELINE),
        (int) within("--threads", threads, 1, MAX_THREADS),
        warmUpNanos != null
            ? time("--warmup", warmUpNanos, 0)
            : requests == null ? DEFAULT_WARM_UP_NANOS : 0,
        time("--timeout", timeoutNanos, 1),
        paceOptions.pace((int) connections, measureNanos, stepOptions.areGiven()),
        connectionOptions.life(wiring),
        stepOptions.areGiven() ? null : objective(),
        script);
  }

  private Slo objective() {
    return slo == null ? null : Slo.parse("--slo", slo);
  }

  private static long within(String flag, long value, long least, long most) {
    return within(flag, value, least, most, Long::toString);
  }

  private static long within(
      String flag, long value, long least, long most, LongFunction<String> text) {
    if (value < least || value > most) {
      throw new UsageException(
          flag
              + " "
              + text.apply(value)
              + " is out of range; allowed is "
              + text.apply(least)
              + " to "
              + text.apply(most));
    }
    return value;
  }

  private static long time(String flag, long nanos, long least) {
    if (nanos < least || nanos > MAX_TIME_NANOS) {
      throw new UsageException(
          flag
              + " "
              + Units.durationText(nanos)
              + " is out of range; allowed is "
              + (least == 0 ? "0s" : "more than 0s")
              + " to "
              + Units.durationText(MAX_TIME_NANOS));
    }
    return nanos;
  }
}
