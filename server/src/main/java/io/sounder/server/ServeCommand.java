package io.sounder.server;

import io.sounder.protocol.endpoint.EndpointException;
import io.sounder.protocol.endpoint.ListenerSpec;
import io.sounder.protocol.endpoint.Units;
import io.sounder.server.listener.BindFailure;
import io.sounder.server.listener.ConfigurationException;
import io.sounder.server.logging.LogSetup;
import io.sounder.server.metrics.Counters;
import io.sounder.server.worker.BufferPool;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code sounder serve}: reads the command line and runs the service until it is asked to stop. */
@Command(
    name = "sounder serve",
    sortOptions = false,
    mixinStandardHelpOptions = true,
    abbreviateSynopsis = true,
    versionProvider = ServeCommand.Version.class,
    description =
        "Serves echo, and other replies, on the given listeners until it is asked to stop (SIGTERM or Ctrl-C).",
    footer = {
      "",
      "@|bold Examples|@",
      "  sounder serve",
      "  sounder serve tcp://127.0.0.1:8888 udp://127.0.0.1:8888",
      "  sounder serve 'tcp://:5000?reply=ok&close-after=1'",
      "  sounder serve --show 'tcp://127.0.0.1:8081?greeting=hello&reply=discard'",
      "  sounder serve unix:///tmp/echo.sock @listeners.conf",
      "  sounder serve --check @listeners.conf",
      "  sounder serve 'tcp://127.0.0.1:8888?delay=50ms:1&drop=0.1'",
      "",
      "Exit codes: 0 stopped as asked, 2 usage or configuration, 3 cannot bind, 70 internal error."
    })
final class ServeCommand implements Callable<Integer> {
  private static final long MOST_BUSY_POLL_NANOS = 1_000_000;
  private static final long LEAST_BUFFER_BUDGET_BYTES = 1L << 20; // a few reads

  private static final String CHECK = "--check";

  private static final List<String> DEFAULT_LISTENERS =
      List.of(
          "tcp://127.0.0.1:8888",
          "udp://127.0.0.1:8888",
          "tcp://127.0.0.1:8889?framing=line&reply=ok"
              + "&greeting=Welcome to Sounder. Type something and hit enter (your telnet's escape ends it).%0A",
          "tcp://127.0.0.1:8890?framing=length");

  private final Arguments arguments;

  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "LISTENER",
      arity = "0..*",
      description =
          "Where to listen and what to answer: tcp://HOST:PORT, tls://HOST:PORT, udp://HOST:PORT or unix:///PATH, then ?key=value&key=value."
              + " @FILE reads them from a file: a listener or an option a line, # comments. Without any: an echo on 8888 (TCP and UDP),"
              + " a friendly telnet server on 8889, framed echo on 8890, all on loopback.")
  private List<String> listeners = new ArrayList<>();

  @Option(
      names = "--workers",
      paramLabel = "N",
      description =
          "Worker threads; 0 leaves all work to the reactor. Default: one per core, less one, at least one.")
  private Integer workers;

  @Option(
      names = "--assist",
      paramLabel = "auto|off",
      defaultValue = "auto",
      description = "Whether the reactor shares the work when that is faster. Default: auto.")
  private String assist;

  @Option(
      names = "--busy-poll",
      paramLabel = "D|off",
      defaultValue = "50us",
      description =
          "How long to poll for events before sleeping, where events are that frequent and a core is idle."
              + " Default: 50us.")
  private String busyPoll;

  @Option(
      names = "--show",
      description = "Print each message that arrives: time, listener, peer, size, text.")
  private boolean show;

  @Option(
      names = "--exit-after",
      paramLabel = "CONNECTIONS",
      description = "End when so many connections have been served.")
  private String exitAfter;

  @Mixin private AdminOptions admin;

  @Option(
      names = "--buffer-budget",
      paramLabel = "SIZE|auto",
      defaultValue = "auto",
      description =
          "How much all connections may hold together of what they began to send or do not take."
              + " Default: auto, 256MiB or half of the heap, whichever is less.")
  private String bufferBudget;

  @Option(
      names = "--lame-duck",
      paramLabel = "D",
      defaultValue = "0s",
      description = "Go on accepting for so long after being asked to stop. Default: 0s.")
  private String lameDuck;

  @Option(
      names = "--drain-timeout",
      paramLabel = "D",
      defaultValue = "10s",
      description = "How long connections have to end in order. Default: 10s.")
  private String drainTimeout;

  @Option(
      names = "--stats",
      paramLabel = "D|off",
      defaultValue = "10s",
      description = "How often a summary is logged while something happens. Default: 10s.")
  private String stats;

  @Option(
      names = CHECK,
      description =
          "Look at everything without serving, print what is in effect as a file for @FILE, and exit: 0 if it can be served.")
  private boolean check;

  @Option(names = "--verbose", description = "Log connections too, and stack traces of errors.")
  private boolean verbose;

  /**
   * The command, to be filled.
   *
   * @param arguments what it is filled from, to say where an error is
   */
  ServeCommand(Arguments arguments) {
    this.arguments = arguments;
  }

  boolean isVerbose() {
    return verbose;
  }

  @Override
  public Integer call() throws InterruptedException {
    Configuration configuration = configuration();
    Counters counters = new Counters();
    LogSetup.install(verbose, counters::onLogLineDropped);
    try {
      if (check) {
        System.out.print(EffectiveConfiguration.checked(configuration));
        return ExitCode.OK;
      }
      return new ServeRun(configuration, () -> readAgain(arguments), counters).run();
    } catch (ConfigurationException e) {
      return fail(ExitCode.USAGE, e);
    } catch (BindFailure e) {
      return fail(ExitCode.CANNOT_BIND, e);
    } finally {
      LogSetup.flush();
    }
  }

  private int fail(int code, Exception e) {
    System.err.println("sounder: " + arguments.located(e.getMessage()));
    if (verbose) {
      e.printStackTrace();
    }
    return code;
  }

  /**
   * The same command line, with its files as they are now.
   *
   * @throws Arguments.Unusable with one line: what is wrong, and where
   */
  static Configuration readAgain(Arguments before) throws Arguments.Unusable {
    Arguments arguments = before.readAgain();
    CommandLine commandLine = Main.commandLine(arguments);
    try {
      commandLine.parseArgs(arguments.texts());
      ServeCommand command = commandLine.getCommand();
      if (command.listeners.isEmpty() && arguments.hasFiles()) { // perhaps it is just being written
        throw new Arguments.Unusable(
            "there is no listener in the files of the command line; give at least one", null);
      }
      return command.configuration();
    } catch (ParameterException e) {
      throw new Arguments.Unusable(arguments.located(Main.message(e)), e);
    }
  }

  private Configuration configuration() {
    ServerOptions options = options();
    return new Configuration(
        arguments,
        options,
        adminChoice(),
        stats.equals("off") ? 0 : statsNanos(),
        optionsInEffect(options));
  }

  /** Each as it was written, or what it came to; those about which nothing is to be said not. */
  private Map<String, String> optionsInEffect(ServerOptions options) {
    Map<String, String> inEffect = new LinkedHashMap<>();
    for (OptionSpec option : spec.options()) {
      String name = option.longestName();
      Object value =
          switch (name) {
            case "--workers" -> options.workers();
            case "--buffer-budget" -> Units.sizeText(options.bufferBudgetBytes());
            default -> option.getValue();
          };
      boolean isSaid = value != null && !Boolean.FALSE.equals(value) && !name.equals(CHECK);
      if (isSaid && !option.usageHelp() && !option.versionHelp()) {
        inEffect.put(name, Boolean.TRUE.equals(value) ? "" : value.toString());
      }
    }
    return inEffect;
  }

  private ServerOptions options() {
    List<ListenerSpec> specs = new ArrayList<>();
    for (String text : listeners.isEmpty() ? DEFAULT_LISTENERS : listeners) {
      specs.add(read(text));
    }
    return new ServerOptions(
        specs,
        workerCount(),
        assist(),
        show,
        exitAfter == null ? 0 : atLeastOne("--exit-after", exitAfter),
        duration("--lame-duck", lameDuck),
        duration("--drain-timeout", drainTimeout),
        busyPoll.equals("off") ? 0 : busyPollNanos(),
        bufferBudget.equals("auto") ? BufferPool.defaultBudgetBytes() : bufferBudgetBytes());
  }

  private long bufferBudgetBytes() {
    long most = BufferPool.largestBudgetBytes();
    try {
      long bytes = Units.sizeBytes(bufferBudget);
      if (bytes >= LEAST_BUFFER_BUDGET_BYTES && bytes <= most) {
        return bytes;
      }
    } catch (EndpointException e) {
      throw usage("--buffer-budget " + bufferBudget + " is not valid: " + e.getMessage());
    }
    throw usage(
        String.format(
            "--buffer-budget %s is out of range; allowed is 1MiB to %dMiB, half of the heap's limit (-Xmx), or auto",
            bufferBudget, most >> 20));
  }

  private long busyPollNanos() {
    long nanos = duration("--busy-poll", busyPoll);
    if (nanos > MOST_BUSY_POLL_NANOS) {
      throw usage("--busy-poll " + busyPoll + " is out of range; allowed is up to 1ms, or off");
    }
    return nanos;
  }

  private ListenerSpec read(String text) {
    try {
      return ListenerSpec.parse(text);
    } catch (EndpointException e) {
      throw usage(e.getMessage());
    }
  }

  private int workerCount() {
    if (workers == null) {
      return ServerOptions.defaultWorkers();
    }
    if (workers < 0 || workers > 1024) {
      throw usage("--workers " + workers + " is out of range; allowed is 0 to 1024");
    }
    return workers;
  }

  private boolean assist() {
    return switch (assist) {
      case "auto" -> true;
      case "off" -> {
        if (workers != null && workers == 0) {
          throw usage("--assist off needs workers, but --workers is 0; give at least 1");
        }
        yield false;
      }
      default -> throw usage("--assist " + assist + " is not valid; allowed are auto and off");
    };
  }

  private AdminOptions.Choice adminChoice() {
    try {
      return admin.read();
    } catch (EndpointException e) {
      throw usage(e.getMessage());
    }
  }

  private long statsNanos() {
    long nanos = duration("--stats", stats);
    if (nanos <= 0) {
      throw usage("--stats " + stats + " is not valid; allowed is a duration above 0, or off");
    }
    return nanos;
  }

  private long atLeastOne(String option, String text) {
    try {
      long count = Units.count(text);
      if (count >= 1) {
        return count;
      }
    } catch (EndpointException e) {
      throw usage(option + " " + text + " is not valid: " + e.getMessage());
    }
    throw usage(option + " " + text + " is not valid; allowed is 1 or more");
  }

  private long duration(String option, String text) {
    try {
      return Units.durationNanos(text);
    } catch (EndpointException e) {
      throw usage(option + " " + text + " is not valid: " + e.getMessage());
    }
  }

  private ParameterException usage(String message) {
    return new ParameterException(spec.commandLine(), message);
  }

  /** The version, as the build wrote it into the jar. */
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      String version = ServeCommand.class.getPackage().getImplementationVersion();
      return new String[] {"sounder " + (version == null ? "(from classes)" : version)};
    }
  }
}
