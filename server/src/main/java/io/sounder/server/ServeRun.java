package io.sounder.server;

import io.sounder.server.admin.AdminServer;
import io.sounder.server.admin.Answer;
import io.sounder.server.admin.Doorway;
import io.sounder.server.connection.NanoClock;
import io.sounder.server.inspect.Inspector;
import io.sounder.server.listener.BindFailure;
import io.sounder.server.listener.ConfigurationException;
import io.sounder.server.metrics.Counters;
import io.sounder.server.supervise.Supervisor;
import io.sounder.server.watch.StallPolicy;
import io.sounder.server.worker.MessageObserver;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.Charset;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One run of the service as a process: what it prints, what signals do to it, and how it ends. */
final class ServeRun {
  private static final Logger LOG = LoggerFactory.getLogger(ServeRun.class);

  private volatile Configuration configuration; // what is in effect
  private final Reloads.Source source;
  private final Counters counters;
  private final PrintStream out = System.out;
  private final Supervisor supervisor = Supervisor.ofThisProcess();
  private final Inspector inspector = new Inspector(NanoClock.SYSTEM, InstantSource.system());
  private final AtomicBoolean stopping = new AtomicBoolean();
  private Server server;
  private StatsLog statsLog;

  /**
   * A run with a configuration.
   *
   * @param source reads it again
   */
  ServeRun(Configuration configuration, Reloads.Source source, Counters counters) {
    this.configuration = configuration;
    this.source = source;
    this.counters = counters;
  }

  /**
   * Serves until it is asked to stop.
   *
   * @return the exit code
   */
  int run() throws BindFailure, ConfigurationException, InterruptedException {
    ShowPrinter printer = configuration.server().show() ? newPrinter() : null;
    AdminServer admin = bindAdmin();
    server =
        Server.start(
            configuration.server(),
            counters,
            observer(printer, admin),
            StallPolicy.endingBy(FatalEnd::onStuck));
    statsLog = new StatsLog(server, System::nanoTime);
    handleSignals();
    server.endpoints().forEach(endpoint -> out.println("listening " + endpoint));
    if (admin != null) {
      serveAdmin(admin);
    }
    out.println("ready");
    out.flush();
    supervisor.ready("serving " + server.endpoints().size() + " listeners");
    supervisor.watch(server::isHealthy);
    if (printer != null) {
      printer.start(); // not before: what is printed first is for scripts
    }
    statsLog.every(configuration.statsNanos());
    server.awaitTermination();
    supervisor.stopping("ending");
    statsLog.stop();
    if (admin != null) {
      admin.stop();
    }
    if (printer != null) {
      printer.stop();
    }
    statsLog.log("served");
    LOG.info("stopped");
    supervisor.close();
    return ExitCode.OK;
  }

  private MessageObserver observer(ShowPrinter printer, AdminServer admin) {
    if (admin == null) {
      return printer == null ? MessageObserver.NONE : printer;
    }
    return printer == null ? inspector : MessageObserver.both(printer, inspector);
  }

  /**
   * Not System.out, which keeps its errors to itself; the lines before ready have their own way.
   */
  private ShowPrinter newPrinter() {
    String charset =
        System.getProperty("stdout.encoding", System.getProperty("native.encoding", "UTF-8"));
    return new ShowPrinter(
        new FileOutputStream(FileDescriptor.out), Charset.forName(charset), counters);
  }

  /** Takes the admin port before anything is served; null to go on without. */
  private AdminServer bindAdmin() throws BindFailure {
    Doorway doorway = configuration.admin().doorway();
    if (doorway == null) {
      return null;
    }
    InetSocketAddress address = doorway.address();
    try {
      AdminServer admin = AdminServer.bind(doorway, counters::onAdminRefused);
      if (!address.getAddress().isLoopbackAddress() && doorway.tls().isEmpty()) {
        LOG.warn(
            "whoever is on the way can read the admin token: keep that network your own, or give --admin-tls-cert and --admin-tls-key");
      }
      return admin;
    } catch (IOException e) {
      String where = address.getHostString() + ":" + address.getPort();
      if (configuration.admin().explicit()) {
        throw new BindFailure(
            "cannot serve the admin page on "
                + where
                + ": "
                + e.getMessage()
                + "; choose another port with --admin, or --admin off",
            e);
      }
      LOG.warn("no admin page: {}: {}; choose another port with --admin", where, e.getMessage());
      return null;
    }
  }

  private void serveAdmin(AdminServer admin) {
    admin.serve(AdminPages.of(server, inspector).add("/config", question -> config()));
    InetAddress host = admin.address().getAddress();
    String literal =
        host instanceof Inet6Address ? "[" + host.getHostAddress() + "]" : host.getHostAddress();
    out.println(
        "admin "
            + configuration.admin().doorway().scheme()
            + "://"
            + literal
            + ":"
            + admin.address().getPort());
  }

  private Answer config() {
    try {
      return Answer.text(200, EffectiveConfiguration.inEffect(configuration, server.listeners()));
    } catch (ConfigurationException e) {
      return Answer.text(500, e.getMessage() + "\n"); // the limit of open files was lowered
    }
  }

  private void handleSignals() {
    Signals.handle("TERM", this::onStopSignal);
    Signals.handle("INT", this::onStopSignal);
    Reloads reloads =
        new Reloads(configuration, source, server, stopping::get, supervisor, this::onReloaded);
    Signals.handle("HUP", number -> reloads.request());
    Signals.handle("USR1", number -> statsLog.log("so far"));
  }

  private void onReloaded(Configuration now) {
    if (configuration.statsNanos() != now.statsNanos()) {
      statsLog.every(now.statsNanos());
    }
    configuration = configuration.followedTo(now);
  }

  /** The first asks for an orderly end, the second ends at once. */
  private void onStopSignal(int number) {
    if (!stopping.compareAndSet(false, true)) {
      Runtime.getRuntime().halt(ExitCode.SIGNAL_BASE + number);
    }
    counters.onStopping();
    LOG.info("stopping on signal {}", number);
    supervisor.stopping("draining");
    CompletableFuture.delayedExecutor(configuration.server().lameDuckNanos(), TimeUnit.NANOSECONDS)
        .execute(server::requestDrain);
  }
}
