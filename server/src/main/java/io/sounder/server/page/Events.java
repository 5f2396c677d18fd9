package io.sounder.server.page;

import io.sounder.server.connection.Listener;
import io.sounder.server.inspect.Batch;
import io.sounder.server.inspect.Sample;
import java.util.Base64;
import java.util.List;

/**
 * What is told, as server-sent events.
 *
 * @see <a href="https://html.spec.whatwg.org/multipage/server-sent-events.html">HTML, section
 *     9.2</a>
 */
final class Events {
  private Events() {}

  /** All counters: a line of data for each. */
  static String stats(long uptimeMillis, String figures) {
    StringBuilder event = new StringBuilder(8 << 10);
    event.append("event: stats\ndata: uptime_milliseconds ").append(uptimeMillis).append('\n');
    figures
        .lines()
        .filter(line -> !line.startsWith("#"))
        .forEach(line -> event.append("data: ").append(line).append('\n'));
    return event.append('\n').toString();
  }

  /** The listeners there are: where, what was asked for, and whether they may be watched. */
  static String listeners(List<Listener> listeners) {
    StringBuilder json = new StringBuilder("[");
    for (Listener each : listeners) {
      json.append(json.length() == 1 ? "" : ",").append("{\"name\":");
      quote(json, each.toString());
      json.append(",\"text\":");
      quote(json, each.spec().text());
      json.append(",\"inspected\":").append(each.isInspected()).append('}');
    }
    return event("listeners", json.append(']'));
  }

  /** What has arrived; bytes in base64, so that whatever they are, they are bytes. */
  static String messages(Batch batch, long epochMillis) {
    StringBuilder json = new StringBuilder(256);
    json.append("{\"now\":").append(epochMillis);
    json.append(",\"arrived\":").append(batch.arrived()).append(",\"messages\":[");
    String separator = "";
    for (Sample each : batch.samples()) {
      json.append(separator).append("{\"time\":").append(each.epochMillis());
      json.append(",\"size\":").append(each.size()).append(",\"peer\":");
      quote(json, each.peer());
      byte[] bytes = new byte[each.bytes().remaining()];
      each.bytes().duplicate().get(bytes);
      json.append(",\"bytes\":\"").append(Base64.getEncoder().encodeToString(bytes)).append("\"}");
      separator = ",";
    }
    return event("message", json.append("]}"));
  }

  private static String event(String name, CharSequence data) {
    return "event: " + name + "\ndata: " + data + "\n\n";
  }

  private static void quote(StringBuilder json, String text) {
    json.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        json.append('\\').append(c);
      } else if (c < ' ') {
        json.append(String.format("\\u%04x", (int) c));
      } else {
        json.append(c);
      }
    }
    json.append('"');
  }
}
