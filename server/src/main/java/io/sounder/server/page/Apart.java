package io.sounder.server.page;

import io.sounder.server.metrics.Distribution;
import io.sounder.server.metrics.ListenerFigures;
import io.sounder.server.metrics.Snapshot;
import java.util.Locale;

/**
 * What {@code /stats} does not tell: each listener apart, and how long replies took since the last
 * look. Lines as those of {@code /stats}. Belongs to one stream.
 */
final class Apart {
  private long[] repliesBefore = {};

  String lines(Snapshot now) {
    StringBuilder lines = new StringBuilder();
    for (ListenerFigures each : now.listeners()) {
      String label = "{listener=\"" + escaped(each.name()) + "\"";
      each.byState()
          .forEach(
              (state, count) ->
                  line(
                      lines,
                      "listener_connections"
                          + label
                          + ",state=\""
                          + state.name().toLowerCase(Locale.ROOT)
                          + "\"}",
                      count));
      line(lines, "listener_messages_total" + label + "}", each.messages());
    }
    replyTimes(now, lines);
    return lines.toString();
  }

  /** All listeners' replies since the last time; 0 where there were none. */
  private void replyTimes(Snapshot now, StringBuilder lines) {
    long[] replies = {};
    Distribution shape = null;
    for (ListenerFigures each : now.listeners()) {
      shape = each.replyNanos();
      replies = replies.length == 0 ? new long[shape.size()] : replies;
      for (int i = 0; i < replies.length; i++) {
        replies[i] += shape.count(i);
      }
    }
    long[] since = new long[replies.length]; // none the first time
    for (int i = 0; i < Math.min(since.length, repliesBefore.length); i++) {
      since[i] = replies[i] - repliesBefore[i];
    }
    repliesBefore = replies;
    for (String part : new String[] {"0.5", "0.99"}) {
      line(
          lines,
          "reply_time_nanoseconds{quantile=\"" + part + "\"}",
          shape == null ? 0 : quantile(since, Double.parseDouble(part), shape));
    }
  }

  /** The bound of the bucket that the given part of all values does not exceed. */
  private static long quantile(long[] counts, double part, Distribution shape) {
    long total = 0;
    for (long each : counts) {
      total += each;
    }
    long rank = (long) Math.ceil(part * total);
    long seen = 0;
    for (int i = 0; i < counts.length; i++) {
      seen += counts[i];
      if (seen >= rank && seen > 0) {
        return shape.bound(Math.min(i, counts.length - 2)); // the last one has none
      }
    }
    return 0;
  }

  /** A path may hold what would end a label. */
  private static String escaped(String value) {
    return value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
  }

  private static void line(StringBuilder lines, String name, long value) {
    lines.append(name).append(' ').append(value).append('\n');
  }
}
