package io.sounder.server;

import io.sounder.server.listener.BindFailure;
import io.sounder.server.listener.ConfigurationException;
import io.sounder.server.metrics.ReloadCounts;
import io.sounder.server.supervise.Supervisor;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the configuration again and has the server follow it, on a thread of its own. One reload at
 * a time: what is asked for while one runs is done after it, once.
 */
final class Reloads {
  private static final Logger LOG = LoggerFactory.getLogger(Reloads.class);

  /** How a configuration is read; the message of what it throws is one line for the log. */
  interface Source {
    Configuration read() throws Arguments.Unusable;
  }

  private final Configuration started;
  private final Source source;
  private final Server server;
  private final ReloadCounts counts;
  private final BooleanSupplier isStopping;
  private final Supervisor supervisor;
  private final Consumer<Configuration> onReloaded;
  private final AtomicBoolean asked = new AtomicBoolean();
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(
          task -> {
            Thread reloading = new Thread(task, "reload");
            reloading.setDaemon(true);
            return reloading;
          });

  /**
   * Reloads of a server that runs.
   *
   * @param started what it was started with
   * @param isStopping whether it was asked to stop, so that nothing is changed any more
   * @param supervisor is told of each
   * @param onReloaded is given each configuration that holds from then on
   */
  Reloads(
      Configuration started,
      Source source,
      Server server,
      BooleanSupplier isStopping,
      Supervisor supervisor,
      Consumer<Configuration> onReloaded) {
    this.started = started;
    this.source = source;
    this.server = server;
    this.counts = server.counters().reloads();
    this.isStopping = isStopping;
    this.supervisor = supervisor;
    this.onReloaded = onReloaded;
  }

  /** Any thread: asks for one. */
  void request() {
    if (asked.compareAndSet(false, true)) {
      thread.execute(
          () -> {
            asked.set(false); // before anything is read: what changes from now on is for the next
            supervisor.reloading();
            reload();
            supervisor.ready("serving " + server.listeners().size() + " listeners");
          });
    }
  }

  private void reload() {
    try {
      if (isStopping.getAsBoolean()) {
        tellOfStopping();
        return;
      }
      Configuration wanted = source.read();
      follow(wanted);
    } catch (Arguments.Unusable e) {
      fail(e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      counts.onFailed();
      LOG.error("not reloaded, after a defect of ours", e);
    }
  }

  private void follow(Configuration wanted) throws InterruptedException {
    try {
      Optional<String> done = server.reload(wanted.server());
      if (done.isEmpty()) {
        tellOfStopping();
        return;
      }
      onReloaded.accept(wanted);
      counts.onDone(InstantSource.system().instant());
      warnOfRestart(started.needingRestart(wanted));
      LOG.info(
          wanted.arguments().hasFiles()
              ? "reloaded: {}"
              : "reloaded, without a file on the command line: {}",
          done.get());
    } catch (ConfigurationException | BindFailure e) {
      fail(wanted.arguments().located(e.getMessage()));
    }
  }

  private static void tellOfStopping() {
    LOG.info("not reloaded: the service is stopping");
  }

  private void fail(String why) {
    counts.onFailed();
    LOG.error("not reloaded, and nothing was changed: {}", why);
  }

  private static void warnOfRestart(List<String> options) {
    if (!options.isEmpty()) {
      LOG.warn(
          "{} will be as the file says after a restart; until then what was there at the start holds",
          String.join(", ", options));
    }
  }
}
