package io.sounder.server;

import io.sounder.server.admin.Answer;
import io.sounder.server.admin.FaultsPage;
import io.sounder.server.admin.HealthPage;
import io.sounder.server.admin.Routes;
import io.sounder.server.connection.NanoClock;
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
            server::stats, server::listeners, inspector, NanoClock.SYSTEM, InstantSource.system())
        .addTo(routes);
    return routes;
  }

  /** The pages, to be added to. */
  public static Routes of(Server server) {
    return new Routes()
        .add("/healthz", new HealthPage(server::isHealthy))
        .add("/stats", question -> Answer.text(200, server.stats()))
        .addChangeable("/faults", new FaultsPage(server.faults()), "PUT");
  }
}
