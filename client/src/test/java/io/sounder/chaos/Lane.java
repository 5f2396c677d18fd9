package io.sounder.chaos;

import io.sounder.client.exchange.Exchange;
import io.sounder.client.net.Dialer;
import io.sounder.client.net.MessageLink;
import io.sounder.client.outcome.ClientFailure;
import io.sounder.client.wire.Wiring;
import io.sounder.protocol.endpoint.Endpoint;
import io.sounder.protocol.endpoint.ListenerSpec;
import io.sounder.protocol.endpoint.TargetSpec;
import io.sounder.protocol.framing.Framing;
import io.sounder.server.Server;
import io.sounder.server.ServerOptions;
import io.sounder.server.connection.CloseReason;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.awaitility.Awaitility;

/** A service of its own behind a front for each framing, for one conversation after another. */
final class Lane implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final Duration POLL = Duration.ofMillis(1);

  private final Server server;
  private final Map<Framing, FaultProxy.Front> fronts = new EnumMap<>(Framing.class);

  /**
   * A lane through a proxy.
   *
   * @param workers of the service
   */
  Lane(FaultProxy proxy, int workers) throws Exception {
    ListenerSpec[] listeners =
        Talk.FRAMINGS.stream()
            .map(framing -> "tcp://127.0.0.1:0?max-connections=100&framing=" + framing.text())
            .map(ListenerSpec::parse)
            .toArray(ListenerSpec[]::new);
    server = Server.start(ServerOptions.of(listeners).withWorkers(workers));
    List<Endpoint> endpoints = server.endpoints();
    for (int i = 0; i < endpoints.size(); i++) {
      fronts.put(Talk.FRAMINGS.get(i), proxy.before(endpoints.get(i)));
    }
  }

  /** The target that leads through the proxy, its replies verified. */
  String target(Framing framing) {
    return "tcp://127.0.0.1:"
        + fronts.get(framing).port()
        + "?reply=echo&framing="
        + framing.text();
  }

  /** Has a client talk over a link with a schedule. */
  Heard talk(Talk talk, Schedule schedule, Duration wait) {
    fronts.get(talk.framing()).begin(() -> schedule);
    TargetSpec target = TargetSpec.parse(target(talk.framing()));
    Heard heard = new Heard(talk);
    try (MessageLink link = Dialer.standard(Wiring.PLAIN).openMessages(target)) {
      new Exchange(target, link, talk.source(target), talk.ending(wait.toNanos())).run(heard::take);
    } catch (ClientFailure e) {
      heard.fail(e);
    }
    return heard;
  }

  /** From now on each connection under a framing has the next of these schedules. */
  void begin(Framing framing, Supplier<Schedule> schedules) {
    fronts.get(framing).begin(schedules);
  }

  /**
   * Cuts what is left of the links, waits until the service has nobody left, and gives the links.
   */
  List<Link> finish(Framing framing) {
    List<Link> links = fronts.get(framing).finish();
    Awaitility.await("connections that the service has open")
        .pollDelay(Duration.ZERO)
        .pollInterval(POLL)
        .atMost(PATIENCE)
        .until(() -> server.counters().open(), open -> open == 0);
    return links;
  }

  /** How many connections have ended for a reason that only a defect of ours can give. */
  long defects() {
    return server.counters().closed(CloseReason.INTERNAL_ERROR);
  }

  @Override
  public void close() {
    try {
      server.stop();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
