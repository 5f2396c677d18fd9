package io.sounder.server;

import io.sounder.server.admin.Answer;
import io.sounder.server.admin.FaultsPage;
import io.sounder.server.admin.HealthPage;
import io.sounder.server.admin.Routes;

/** What the admin port has to show of a server. */
public final class AdminPages {
  private AdminPages() {}

  /** The pages, to be added to. */
  public static Routes of(Server server) {
    return new Routes()
        .add("/healthz", new HealthPage(server::isHealthy))
        .add("/stats", question -> Answer.text(200, server.stats()))
        .addChangeable("/faults", new FaultsPage(server.faults()), "PUT");
  }
}
