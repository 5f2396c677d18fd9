package io.sounder.server;

import io.sounder.server.admin.Answer;
import io.sounder.server.admin.FaultsPage;
import io.sounder.server.admin.HealthPage;
import io.sounder.server.admin.Routes;
import io.sounder.server.connection.NanoClock;
import io.sounder.server.exposition.ConnectionsPage;
import io.sounder.server.exposition.LazyPage;
import io.sounder.server.exposition.MetricsPage;
import io.sounder.server.exposition.ReadinessPage;
import io.sounder.server.inspect.Inspector;
import io.sounder.server.page.LivePage;
import java.time.InstantSource;

/** What the admin port has to show of a server. */
public final class AdminPages {
  private AdminPages() {}

  /** The same with the page for people, which shows what arrives, too. */
  public static Routes of(Server server, Inspector inspector) {
    Routes routes = of(server);
    new LivePage(
            server::stats,
            server.figures(),
            server::listeners,
            inspector,
            NanoClock.SYSTEM,
            InstantSource.system())
        .addTo(routes);
    return routes;
  }

  /** The pages, to be added to. */
  public static Routes of(Server server) {
    return new Routes()
        .addOpen("/healthz", new HealthPage(server::isHealthy))
        .addOpen("/readyz", new ReadinessPage(server.counters()))
        .add("/metrics", new LazyPage(() -> new MetricsPage(server.figures(), version())))
        .add(
            "/connections",
            new LazyPage(() -> new ConnectionsPage(server.sockets(), NanoClock.SYSTEM)))
        .add("/stats", question -> Answer.text(200, server.stats()))
        .addChangeable("/faults", new FaultsPage(server.faults()), "PUT");
  }

  private static String version() {
    String version = AdminPages.class.getPackage().getImplementationVersion();
    return version == null ? "unknown" : version;
  }
}
