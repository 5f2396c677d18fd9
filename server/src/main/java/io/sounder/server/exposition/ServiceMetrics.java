package io.sounder.server.exposition;

import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot.InfoDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.sounder.server.metrics.ListenerFigures;
import io.sounder.server.metrics.Snapshot;
import java.util.List;
import java.util.Locale;
import java.util.function.BiConsumer;
import java.util.function.Predicate;

/** A snapshot's figures as Prometheus wants them: base units, and names that begin with ours. */
final class ServiceMetrics {
  private static final double SECONDS = 1e-9; // per nanosecond

  private final Snapshot now;
  private final String version;
  private List<MetricSnapshot> all;

  ServiceMetrics(Snapshot now, String version) {
    this.now = now;
    this.version = version;
  }

  void addTo(List<MetricSnapshot> metrics) {
    all = metrics;
    connections();
    datagrams();
    traffic();
    replyTimes();
    faults();
    reactor();
    workers();
    memory();
    reloads();
    health();
  }

  private void connections() {
    Predicate<ListenerFigures> streams = each -> !each.isUdp();
    add(
        Metric.gauge("sounder_connections", "Open connections, by what they are at."),
        streams,
        (metric, each) ->
            each.byState()
                .forEach(
                    (state, count) ->
                        metric.add(count, "listener", each.name(), "state", text(state))));
    add(
        Metric.gauge(
            "sounder_connections_handed", "Connections that have an owner, or wait for one."),
        streams.and(each -> !each.byState().isEmpty()),
        (metric, each) -> metric.add(each.handed(), "listener", each.name()));
    add(
        Metric.gauge("sounder_connections_max", "How many connections a listener may have."),
        each -> each.maxConnections() > 0,
        (metric, each) -> metric.add(each.maxConnections(), "listener", each.name()));
    counter(
        "sounder_connections_accepted",
        "Connections that the system gave us.",
        streams,
        (metric, each) -> metric.add(each.accepted(), "listener", each.name()));
    counter(
        "sounder_connections_refused",
        "Connections closed before a byte was read.",
        streams,
        (metric, each) ->
            each.refused()
                .forEach(
                    (reason, count) ->
                        metric.add(count, "listener", each.name(), "reason", reason.text())));
    counter(
        "sounder_connections_closed",
        "Connections that were let in and have ended.",
        streams,
        (metric, each) ->
            each.closed()
                .forEach(
                    (reason, count) ->
                        metric.add(count, "listener", each.name(), "reason", reason.text())));
    counter(
        "sounder_tls_handshakes",
        "TLS handshakes that were completed.",
        each -> each.name().startsWith("tls:"),
        (metric, each) -> metric.add(each.tlsHandshakes(), "listener", each.name()));
    single(
        "sounder_accept_pauses",
        "Times that accepting paused for want of descriptors or memory.",
        now.acceptPauses());
  }

  private void datagrams() {
    counter(
        "sounder_datagrams_received",
        "Datagrams that arrived.",
        ListenerFigures::isUdp,
        (metric, each) -> metric.add(each.datagrams(), "listener", each.name()));
    counter(
        "sounder_datagrams_dropped",
        "Datagrams that got no reply.",
        ListenerFigures::isUdp,
        (metric, each) ->
            each.dropped()
                .forEach(
                    (reason, count) ->
                        metric.add(count, "listener", each.name(), "reason", reason.text())));
  }

  private void traffic() {
    Predicate<ListenerFigures> any = each -> true;
    counter(
        "sounder_messages",
        "Messages that were taken.",
        any,
        (metric, each) -> metric.add(each.messages(), "listener", each.name()));
    counter(
        "sounder_replies",
        "Replies that were made, by whom.",
        any,
        (metric, each) -> {
          metric.add(each.repliesByReactor(), "listener", each.name(), "by", "reactor");
          metric.add(each.repliesByWorkers(), "listener", each.name(), "by", "worker");
        });
    counter(
        "sounder_received_bytes",
        "Bytes received, without headers.",
        any,
        (metric, each) -> metric.add(each.receivedBytes(), "listener", each.name()));
    counter(
        "sounder_sent_bytes",
        "Bytes sent, without headers.",
        any,
        (metric, each) -> metric.add(each.sentBytes(), "listener", each.name()));
  }

  private void replyTimes() {
    HistogramSnapshot.Builder replies =
        Metric.histogram(
            "sounder_reply_seconds",
            "From when a socket was found ready until its turn was over, for each reply.");
    now.listeners()
        .forEach(
            each ->
                replies.dataPoint(
                    Metric.histogram(each.replyNanos(), SECONDS, "listener", each.name())));
    all.add(replies.build());
  }

  private void faults() {
    counter(
        "sounder_faults_injected",
        "Replies to which something was done on purpose.",
        each -> true,
        (metric, each) ->
            each.faults()
                .forEach(
                    (kind, count) ->
                        metric.add(count, "listener", each.name(), "kind", kind.text())));
  }

  private void reactor() {
    single("sounder_reactor_cycles", "Turns of the reactor's loop.", now.cycles());
    all.add(
        Metric.histogram(
                "sounder_reactor_cycle_seconds",
                "From when a socket was found ready until the reactor selects again.")
            .dataPoint(Metric.histogram(now.cycleNanos(), SECONDS))
            .build());
    all.add(
        Metric.histogram(
                "sounder_reactor_batch_sockets",
                "Sockets that were found ready in a cycle, where there were any.")
            .dataPoint(Metric.histogram(now.batchSizes(), 1))
            .build());
    all.add(
        Metric.counter(
                "sounder_reactor_polls",
                "Times that the reactor polled before it would have slept.")
            .add(now.usefulPolls(), "outcome", "useful")
            .add(now.futilePolls(), "outcome", "futile")
            .build());
    all.add(
        Metric.counter("sounder_reactor_polling_seconds", "Time that the reactor has polled.")
            .addSeconds(now.pollingNanos() * SECONDS)
            .build());
    gauge("sounder_ready_queue_length", "Sockets that wait for an owner.", now.queued());
  }

  private void workers() {
    gauge("sounder_workers", "Worker threads.", now.workers());
    all.add(
        Metric.counter(
                "sounder_worker_wake_ups", "Workers woken, by whether there was something to do.")
            .add(now.usefulWakeUps(), "outcome", "useful")
            .add(now.futileWakeUps(), "outcome", "futile")
            .build());
  }

  private void memory() {
    gauge("sounder_buffer_bytes", "What connections hold together.", now.bufferBytes());
    gauge("sounder_buffer_budget_bytes", "What they may.", now.bufferBudgetBytes());
  }

  private void reloads() {
    all.add(
        Metric.counter("sounder_reloads", "Times that the configuration was read again.")
            .add(now.reloadsDone(), "outcome", "ok")
            .add(now.reloadsFailed(), "outcome", "failed")
            .build());
    gauge(
        "sounder_last_reload_ok",
        "1 if the configuration that was read last could be followed.",
        now.lastReloadDone() ? 1 : 0);
    gauge(
        "sounder_last_reload_ok_timestamp_seconds",
        "Since when the configuration holds.",
        now.configuredSeconds());
  }

  private void health() {
    Metric stalls = Metric.counter("sounder_stalls", "Times that a thread was stuck.");
    now.stalls().forEach((role, count) -> stalls.add(count, "thread", role.text()));
    all.add(stalls.build());
    gauge("sounder_threads_stuck", "Threads that are stuck now.", now.stuckThreads());
    gauge("sounder_ready", "1 if the service should be sent traffic.", now.ready() ? 1 : 0);
    gauge("sounder_stopping", "1 once it was asked to stop.", now.stopping() ? 1 : 0);
    single(
        "sounder_log_lines_dropped",
        "Lines of the log that were not written.",
        now.logLinesDropped());
    single(
        "sounder_messages_not_shown", "Messages that --show has left out.", now.messagesNotShown());
    single(
        "sounder_admin_requests_refused",
        "Requests to the admin port that were refused.",
        now.adminRefused());
    all.add(
        InfoSnapshot.builder()
            .name("sounder_build")
            .help("1, with what runs.")
            .dataPoint(
                InfoDataPointSnapshot.builder().labels(Labels.of("version", version)).build())
            .build());
  }

  private void counter(
      String name,
      String help,
      Predicate<ListenerFigures> which,
      BiConsumer<Metric, ListenerFigures> values) {
    add(Metric.counter(name, help), which, values);
  }

  private void add(
      Metric metric, Predicate<ListenerFigures> which, BiConsumer<Metric, ListenerFigures> values) {
    now.listeners().stream().filter(which).forEach(each -> values.accept(metric, each));
    all.add(metric.build());
  }

  private void single(String name, String help, long value) {
    all.add(Metric.counter(name, help).add(value).build());
  }

  private void gauge(String name, String help, long value) {
    all.add(Metric.gauge(name, help).add(value).build());
  }

  private static String text(Enum<?> state) {
    return state.name().toLowerCase(Locale.ROOT);
  }
}
