package io.sounder.server.page;

import io.sounder.server.admin.Answer;
import io.sounder.server.admin.Question;
import io.sounder.server.admin.Routes;
import io.sounder.server.connection.Listener;
import io.sounder.server.connection.NanoClock;
import io.sounder.server.inspect.Inspector;
import io.sounder.server.metrics.Snapshot;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Supplier;

/** {@code /}, the files that it consists of, and {@code /events}, which it listens to. */
public final class LivePage {
  private static final String EVENT_STREAM = "text/event-stream";
  private static final List<String> OWN =
      List.of(
          "icon.svg",
          "live.css",
          "main.js",
          "bytes.js",
          "connections.js",
          "curves.js",
          "ends.js",
          "events.js",
          "fields.js",
          "figures.js",
          "format.js",
          "inspect.js",
          "listeners.js",
          "table.js",
          "theme.js",
          "trend.js");
  private static final List<String> OF_THE_REPORT =
      List.of("colours.css", "report.css", "uplot/uPlot.iife.min.js", "uplot/uPlot.min.css");

  private final Supplier<String> figures;
  private final Snapshot.Source snapshots;
  private final Supplier<List<Listener>> listeners;
  private final Inspector inspector;
  private final NanoClock clock;
  private final InstantSource wallClock;
  private final long startedNanos;

  /**
   * The page.
   *
   * @param figures all counters, one a line, as {@code /stats} has them
   * @param snapshots all figures of a moment, by listener
   * @param listeners those that there are now
   */
  public LivePage(
      Supplier<String> figures,
      Snapshot.Source snapshots,
      Supplier<List<Listener>> listeners,
      Inspector inspector,
      NanoClock clock,
      InstantSource wallClock) {
    this.figures = figures;
    this.snapshots = snapshots;
    this.listeners = listeners;
    this.inspector = inspector;
    this.clock = clock;
    this.wallClock = wallClock;
    this.startedNanos = clock.nanoTime();
  }

  public void addTo(Routes routes) {
    routes.add("/", new PageFile("index.html"));
    routes.add("/events", this::events);
    OWN.forEach(each -> routes.addPart("/page/" + each, new PageFile(each)));
    for (String each : OF_THE_REPORT) {
      String name = each.substring(each.lastIndexOf('/') + 1);
      routes.addPart("/page/" + name, new PageFile("shared/" + each));
    }
  }

  private Answer events(Question question) {
    String watched = question.parameter("inspect").orElse("");
    return Answer.streaming(
        EVENT_STREAM,
        out ->
            new LiveStream(
                    new Happenings(
                        figures, snapshots, listeners, inspector, clock, wallClock, startedNanos),
                    clock)
                .run(watched, out));
  }
}
