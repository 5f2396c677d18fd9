package io.sounder.server.exposition;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.sounder.server.admin.Answer;
import io.sounder.server.admin.Page;
import io.sounder.server.admin.Question;
import io.sounder.server.connection.Connection;
import io.sounder.server.connection.NanoClock;
import io.sounder.server.metrics.Sockets;
import java.io.IOException;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * {@code /connections}: the connections that are open, as JSON. The reactor's thread copies what it
 * knows of each, some hundred per cycle; sorting and writing are ours.
 */
public final class ConnectionsPage implements Page {
  private static final int DEFAULT_LIMIT = 1000;
  private static final int MAX_LIMIT = 1_000_000;

  private static final Map<String, Comparator<ConnectionRow>> ORDERS =
      new TreeMap<>(
          Map.of(
              "age", Comparator.comparingLong(ConnectionRow::begunNanos),
              "idle", Comparator.comparingLong(ConnectionRow::activeNanos),
              "messages", Comparator.comparingLong(ConnectionRow::messages).reversed(),
              "received", Comparator.comparingLong(ConnectionRow::receivedBytes).reversed(),
              "sent", Comparator.comparingLong(ConnectionRow::sentBytes).reversed(),
              "peer", Comparator.comparing(ConnectionRow::peer),
              "state", Comparator.comparing(ConnectionRow::state)));

  private final Sockets sockets;
  private final NanoClock clock;
  private final JsonFactory json = new JsonFactory();

  public ConnectionsPage(Sockets sockets, NanoClock clock) {
    this.sockets = sockets;
    this.clock = clock;
  }

  @Override
  public Answer answer(Question question) throws IOException, InterruptedException {
    String sort = question.parameter("sort").orElse("age");
    Comparator<ConnectionRow> order = ORDERS.get(sort);
    if (order == null) {
      return Answer.text(400, "sort is one of " + String.join(", ", ORDERS.keySet()) + "\n");
    }
    int limit = limit(question);
    if (limit < 0) {
      return Answer.text(400, "limit is a number from 0 to " + MAX_LIMIT + "\n");
    }
    String listener = question.parameter("listener").orElse(null);
    List<ConnectionRow> rows = new ArrayList<>();
    boolean complete =
        sockets.tour(
            socket -> {
              if (socket instanceof Connection connection
                  && (listener == null || connection.listener().toString().equals(listener))) {
                rows.add(ConnectionRow.of(connection));
              }
            });
    if (!complete) {
      return Answer.text(503, "the reactor does not answer\n");
    }
    rows.sort(order);
    return Answer.json(json(rows, limit));
  }

  private static int limit(Question question) {
    String text = question.parameter("limit").orElse(String.valueOf(DEFAULT_LIMIT));
    int limit = text.matches("[0-9]{1,7}") ? Integer.parseInt(text) : -1;
    return limit > MAX_LIMIT ? -1 : limit;
  }

  private String json(List<ConnectionRow> rows, int limit) throws IOException {
    long nowNanos = clock.nanoTime();
    StringWriter text = new StringWriter();
    try (JsonGenerator out = json.createGenerator(text)) {
      out.writeStartObject();
      out.writeNumberField("total", rows.size());
      out.writeNumberField("shown", Math.min(rows.size(), limit));
      out.writeArrayFieldStart("connections");
      for (ConnectionRow row : rows.subList(0, Math.min(rows.size(), limit))) {
        row.writeTo(out, nowNanos);
      }
      out.writeEndArray();
      out.writeEndObject();
    }
    return text + "\n";
  }
}
