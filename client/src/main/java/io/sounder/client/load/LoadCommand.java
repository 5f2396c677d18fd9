package io.sounder.client.load;

import io.sounder.client.cli.Console;
import io.sounder.client.cli.CountConverter;
import io.sounder.client.cli.DurationConverter;
import io.sounder.client.cli.Interrupts;
import io.sounder.client.cli.SizeConverter;
import io.sounder.client.cli.TargetConverter;
import io.sounder.client.cli.TerminalWidth;
import io.sounder.client.cli.Version;
import io.sounder.client.net.NanoClock;
import io.sounder.client.outcome.ClientFailure;
import io.sounder.client.outcome.ExitCode;
import io.sounder.client.outcome.UsageException;
import io.sounder.client.report.Environment;
import io.sounder.client.report.LoadResult;
import io.sounder.client.report.ProgressView;
import io.sounder.client.report.ResultJson;
import io.sounder.client.report.ResultTable;
import io.sounder.client.report.Style;
import io.sounder.client.report.Verdict;
import io.sounder.protocol.endpoint.TargetSpec;
import io.sounder.protocol.endpoint.Units;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.LongFunction;
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
      "  sounder load tcp://127.0.0.1:8888 -c 100 --rate 50k",
      "  sounder load tcp://127.0.0.1:8888 -c 100 --ramp 1k:50k:30s -d 60s",
      "  sounder load 'tcp://127.0.0.1:8889?framing=line&reply=ok&greeting=Hi%%0A' -p 16",
      "  sounder load udp://127.0.0.1:8888 -n 100k -s 1200B --json result.json",
      "",
      "Exit codes: 0 all well, 2 usage, 3 no connection could be made, 5 a reply was wrong,",
      "6 this client was the limit, 7 failed on the way (reset, closed early, no reply in time,",
      "lost, pending), 130 interrupted."
    })
public final class LoadCommand implements Callable<Integer> {
  private static final int MAX_PAYLOAD_BYTES = 256 << 20;
  private static final int MAX_CONNECTIONS = 1_000_000;
  private static final int MAX_PIPELINE = 1 << 16;
  private static final int MAX_THREADS = 1024;
  private static final long DEFAULT_WARM_UP_NANOS = 1_000_000_000L;
  private static final long MAX_TIME_NANOS = 366L * 24 * 3_600_000_000_000L;
  private static final String STDOUT = "-";

  enum Progress {
    auto,
    plain,
    none
  }

  private final Console console;

  @Parameters(
      paramLabel = "TARGET",
      converter = TargetConverter.class,
      description = "Such as tcp://127.0.0.1:8888, udp://…, unix:///path; keys say what to expect.")
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
      defaultValue = "10s",
      converter = DurationConverter.class,
      description = "How long to measure, after the warm-up. Default: ${DEFAULT-VALUE}.")
  long durationNanos;

  @Option(
      names = {"-n", "--requests"},
      paramLabel = "N",
      converter = CountConverter.class,
      description = "How many at most; --duration still ends it if that is sooner.")
  Long requests;

  @Option(
      names = {"-s", "--size"},
      paramLabel = "SIZE",
      defaultValue = "64B",
      converter = SizeConverter.class,
      description = "Of each message. Default: ${DEFAULT-VALUE}.")
  long payloadBytes;

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
      description = "For a connect, for a reply, and for the last replies. Default: 5s.")
  long timeoutNanos;

  @Mixin PaceOptions paceOptions = new PaceOptions();

  @Mixin ConnectionOptions connectionOptions = new ConnectionOptions();

  @Option(
      names = "--json",
      paramLabel = "FILE",
      description = "Write the result there as JSON; - for stdout, and the table goes to stderr.")
  String json;

  @Option(
      names = "--progress",
      paramLabel = "HOW",
      defaultValue = "auto",
      description =
          "auto: a live line on a terminal; plain: a line each second; none. Default: auto.")
  Progress progress;

  public LoadCommand(Console console) {
    this.console = console;
  }

  /**
   * Checks the flags and how they go together; {@link #call} begins with it.
   *
   * @throws UsageException with one line for the user
   */
  public LoadPlan check() {
    if (json != null && json.isEmpty()) {
      throw new UsageException("--json: give the name of a file, or - for stdout");
    }
    return plan();
  }

  @Override
  public Integer call() throws InterruptedException {
    LoadPlan plan = check();
    boolean jsonOnly = STDOUT.equals(json);
    try (ResultFile file = json == null || jsonOnly ? null : ResultFile.open(Path.of(json))) {
      LoadRun run = new LoadRun(plan, NanoClock.SYSTEM, progressView());
      LoadResult result = execute(run);
      printTable(result, jsonOnly ? console.err() : console.out(), jsonOnly);
      return writeJson(result, file, jsonOnly);
    }
  }

  private static LoadResult execute(LoadRun run) throws InterruptedException {
    Interrupts interrupts = Interrupts.takeOver(run::interrupt);
    try {
      return run.execute();
    } finally {
      interrupts.close();
    }
  }

  private int writeJson(LoadResult result, ResultFile file, boolean jsonOnly) {
    int exitCode = Verdict.of(result, Style.PLAIN).exitCode();
    if (json == null) {
      return exitCode;
    }
    String text = ResultJson.text(result, Environment.current(new Version().getVersion()[0]));
    try {
      if (jsonOnly) {
        console.out().print(text);
      } else {
        file.write(text);
      }
    } catch (ClientFailure e) {
      console.err().println("sounder: " + e.getMessage()); // the result's own code may be worse
      return ExitCode.worst(exitCode, e.exitCode());
    }
    return exitCode;
  }

  private LoadPlan plan() {
    return new LoadPlan(
        target,
        (int) within("--connections", connections, 1, MAX_CONNECTIONS),
        time("--duration", durationNanos, 1),
        requests == null ? LoadPlan.UNLIMITED : within("--requests", requests, 1, Long.MAX_VALUE),
        (int) within("--size", payloadBytes, 0, MAX_PAYLOAD_BYTES, Units::sizeText),
        (int) within("--pipeline", pipeline, 1, MAX_PIPELINE),
        (int) within("--threads", threads, 1, MAX_THREADS),
        warmUpNanos != null
            ? time("--warmup", warmUpNanos, 0)
            : requests == null ? DEFAULT_WARM_UP_NANOS : 0,
        time("--timeout", timeoutNanos, 1),
        paceOptions.pace((int) connections, durationNanos),
        connectionOptions.life());
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

  private ProgressView progressView() {
    Map<String, String> environment = System.getenv();
    ProgressView.Mode mode =
        switch (progress) {
          case auto -> ProgressView.Mode.of(console.errIsTerminal(), environment);
          case plain -> ProgressView.Mode.PLAIN;
          case none -> ProgressView.Mode.NONE;
        };
    int columns = mode == ProgressView.Mode.LIVE ? TerminalWidth.columns(environment) : 0;
    return new ProgressView(mode, console.err(), errStyle(), columns);
  }

  private Style errStyle() {
    return Style.of(console.errIsTerminal(), System.getenv());
  }

  private void printTable(LoadResult result, PrintStream out, boolean onErr) {
    Style style = onErr ? errStyle() : Style.of(console.outIsTerminal(), System.getenv());
    ResultTable.lines(result, style).forEach(out::println);
    out.flush();
  }
}
