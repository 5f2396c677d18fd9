package io.sounder.client.report;

import io.sounder.client.load.stats.Interval;
import io.sounder.client.load.stats.Latencies;
import io.sounder.client.load.stats.Ledger;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * What a screen shows of a running test, as lines. Where there is less room there are fewer of
 * them, and shorter ones. Knows no terminal.
 */
final class LiveFigures {
  private static final int WIDE_COLUMNS = 60; // from here on there is room for labels
  private static final int LABEL_COLUMNS = 13; // as in the table of the result
  private static final int BAR_COLUMNS = 40;
  private static final String EIGHTHS = " ▏▎▍▌▋▊▉█";

  /** The first is the last to be left out. */
  private enum Part {
    RATE,
    REQUESTS,
    RESPONSE,
    ELAPSED,
    ERRORS,
    TARGET,
    THROUGHPUT,
    P99,
    SERVICE,
    SETTINGS
  }

  private record PartLine(Part part, ScreenLine line) {}

  private final RunOutline outline;
  private final Style style;
  private final Sparkline throughput = new Sparkline();
  private final Sparkline p99 = new Sparkline();
  private Interval latest;
  private int connecting;

  LiveFigures(RunOutline outline, Style style) {
    this.outline = outline;
    this.style = style;
  }

  void onConnecting(int open) {
    connecting = open;
  }

  void onInterval(Interval interval) {
    latest = interval;
    throughput.add(interval.okPerSecond());
    Latencies times = interval.responseTimes();
    p99.add(times.count() == 0 ? Double.NaN : (double) times.percentileNanos(99));
  }

  /** Everything in a line. */
  ScreenLine oneLine(int columns) {
    ScreenLine line = new ScreenLine(style, columns);
    if (latest == null) {
      return line.add("connecting " + connected(connecting));
    }
    String full = IntervalText.full(latest).strip();
    return line.add(line.hasRoomFor(full) ? full : IntervalText.compact(latest));
  }

  /** So many lines at most, from top to bottom. */
  List<ScreenLine> lines(int columns, int most) {
    List<PartLine> all = latest == null ? connectingLines(columns) : intervalLines(columns);
    List<Part> kept =
        all.stream().map(PartLine::part).sorted(Comparator.naturalOrder()).limit(most).toList();
    return all.stream().filter(line -> kept.contains(line.part)).map(PartLine::line).toList();
  }

  private List<PartLine> connectingLines(int columns) {
    List<PartLine> lines = headLines(columns);
    ScreenLine line = labelled("connecting", columns);
    double share = (double) connecting / Math.max(1, outline.connections());
    addBar(line, share, connected(connecting));
    lines.add(new PartLine(Part.ELAPSED, line));
    return lines;
  }

  private List<PartLine> intervalLines(int columns) {
    List<PartLine> lines = headLines(columns);
    lines.add(new PartLine(Part.ELAPSED, elapsed(columns)));
    lines.add(new PartLine(Part.RATE, rate(columns)));
    lines.add(new PartLine(Part.REQUESTS, requests(columns)));
    lines.add(new PartLine(Part.RESPONSE, latencies("response", latest.responseTimes(), columns)));
    boolean openLoop = !Double.isNaN(latest.askedRate());
    if (openLoop && columns >= WIDE_COLUMNS) {
      lines.add(new PartLine(Part.SERVICE, latencies("service", latest.serviceTimes(), columns)));
    }
    lines.add(
        new PartLine(
            Part.THROUGHPUT,
            sparkline("throughput", throughput, Quantities.rate(throughput.max()), columns)));
    if (p99.max() > 0) {
      String top = Quantities.duration(Math.round(p99.max()));
      lines.add(new PartLine(Part.P99, sparkline("p99", p99, top, columns)));
    }
    Map<String, String> errors = errors();
    if (!errors.isEmpty()) {
      ScreenLine line = labelled("errors", columns);
      lines.add(new PartLine(Part.ERRORS, addWhole(line, errors.values(), ", ", style::bad)));
    }
    return lines;
  }

  private List<PartLine> headLines(int columns) {
    List<PartLine> lines = new ArrayList<>();
    lines.add(
        new PartLine(
            Part.TARGET, new ScreenLine(style, columns).add(shown(outline.target()), style::bold)));
    List<String> settings = new ArrayList<>();
    outline.settings().forEach((name, value) -> settings.add(name + " " + value));
    if (!settings.isEmpty()) {
      ScreenLine line = new ScreenLine(style, columns);
      lines.add(new PartLine(Part.SETTINGS, addWhole(line, settings, " · ", style::dim)));
    }
    return lines;
  }

  /** As many as there is room for: half a number would be another number. */
  private static ScreenLine addWhole(
      ScreenLine line, Collection<String> items, String separator, UnaryOperator<String> look) {
    String before = "";
    for (String item : items) {
      if (!line.hasRoomFor(before + item)) {
        break;
      }
      line.add(before + item, look);
      before = separator;
    }
    return line;
  }

  /** Without characters that take no column, or two. */
  private static String shown(String text) {
    return text.replaceAll("[\\p{Cntrl}\\u0080-\\u009f\\u0300-\\u036f\\u0590-\\x{10ffff}]", "?");
  }

  private ScreenLine labelled(String label, int columns) {
    ScreenLine line = new ScreenLine(style, columns);
    return columns < WIDE_COLUMNS
        ? line
        : line.add(label + " ".repeat(LABEL_COLUMNS - label.length()));
  }

  private String connected(long open) {
    return Quantities.count(open) + " of " + Quantities.count(outline.connections());
  }

  private ScreenLine elapsed(int columns) {
    ScreenLine line = labelled("elapsed", columns);
    long elapsedNanos = Math.max(0, latest.toNanos());
    double share = (double) elapsedNanos / Math.max(1, outline.durationNanos());
    String text =
        IntervalText.seconds(elapsedNanos) + " of " + IntervalText.seconds(outline.durationNanos());
    double shareSent = (double) latest.totals().sent() / Math.max(1, outline.requests());
    if (outline.requests() > 0 && !latest.warmUp() && shareSent > share) {
      share = shareSent;
      text =
          IntervalText.seconds(elapsedNanos)
              + ", "
              + Quantities.shortCount(latest.totals().sent())
              + " of "
              + Quantities.shortCount(outline.requests());
    }
    if (latest.warmUp()) {
      text = "warming up";
    } else if (latest.toNanos() > outline.durationNanos()) {
      text = "last replies";
    }
    return addBar(line, share, text);
  }

  private ScreenLine addBar(ScreenLine line, double share, String text) {
    int columns = Math.min(BAR_COLUMNS, line.room() - text.length() - 2);
    if (columns >= 5) {
      int eighths = (int) (Math.min(1, share) * columns * 8);
      String done =
          style.unicode()
              ? "█".repeat(eighths / 8) + (eighths % 8 == 0 ? "" : EIGHTHS.charAt(eighths % 8))
              : "#".repeat(eighths / 8);
      line.add(done, style::bar);
      line.add((style.unicode() ? "░" : ".").repeat(columns - done.length()), style::dim);
      line.add("  ");
    }
    return line.add(text);
  }

  private ScreenLine rate(int columns) {
    ScreenLine line = labelled("rate", columns);
    line.add(Quantities.rate(latest.okPerSecond()), style::bold);
    if (!Double.isNaN(latest.askedRate())) {
      line.add(" of " + Quantities.rate(latest.askedRate()));
      long behind = latest.planned() - latest.totals().sent();
      if (behind > latest.askedRate() / 10) { // some are always just due
        line.add("  " + Quantities.count(behind) + " behind", style::bad);
      }
    }
    if (latest.connectionsOpen() != outline.connections()) {
      line.add("  connections " + connected(latest.connectionsOpen()), style::bad);
    }
    return line;
  }

  private ScreenLine requests(int columns) {
    ScreenLine line = labelled("requests", columns);
    Ledger totals = latest.totals();
    long errors = IntervalText.errors(totals);
    long[] counts = {totals.ok(), errors, totals.pending(), totals.sent()};
    String[] names = {"ok", "err", "in flight", "sent"};
    List<String> whole = new ArrayList<>();
    List<String> brief = new ArrayList<>();
    for (int i = 0; i < names.length; i++) {
      whole.add(names[i] + " " + Quantities.count(counts[i]));
      brief.add(names[i] + " " + Quantities.shortCount(counts[i]));
    }
    boolean roomy = line.hasRoomFor(String.join("   ", whole));
    List<String> items = roomy ? whole : brief;
    for (int i = 0; i < items.size(); i++) {
      line.add(i == 0 ? "" : roomy ? "   " : " ");
      boolean bad = i == 1 && errors > 0;
      line.add(items.get(i), bad ? style::bad : text -> text);
    }
    return line;
  }

  private ScreenLine latencies(String label, Latencies times, int columns) {
    ScreenLine line = labelled(label, columns);
    String text = IntervalText.latencies("", times);
    return line.add(text.isEmpty() ? "no reply in this second" : text.replace("  ", "   "));
  }

  private ScreenLine sparkline(String label, Sparkline values, String top, int columns) {
    ScreenLine line = labelled(label, columns);
    String scale = "  max " + top;
    line.add(values.text(line.room() - scale.length(), style.unicode()), style::bar);
    return line.add(scale, style::dim);
  }

  /** By class, with what has come in the latest interval. */
  private Map<String, String> errors() {
    Map<String, String> items = new TreeMap<>();
    Ledger totals = latest.totals();
    Ledger now = latest.counts();
    totals.errors().forEach((kind, count) -> put(items, kind.text(), count, now.error(kind)));
    totals
        .wrong()
        .forEach(
            (kind, count) -> put(items, kind.text(), count, now.wrong().getOrDefault(kind, 0L)));
    put(items, "late", totals.late(), now.late());
    put(items, "lost", totals.lost(), now.lost());
    put(items, "refused", totals.refused(), now.refused());
    put(items, "duplicates", totals.duplicates(), now.duplicates());
    put(items, "reordered", totals.reordered(), now.reordered());
    return items;
  }

  private static void put(Map<String, String> items, String name, long total, long now) {
    if (total != 0) {
      String news = now == 0 ? "" : String.format(" (%+d)", now);
      items.put(name, name + " " + Quantities.count(total) + news);
    }
  }
}
