package io.sounder.server.admin;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** One question, and the way its answer takes. Belongs to the thread that answers. */
final class Visit {
  private final HttpExchange exchange;
  private final Question question;
  private Answer answer;

  Visit(HttpExchange exchange) {
    this.exchange = exchange;
    this.question = new Question(exchange);
  }

  Question question() {
    return question;
  }

  void answer(Answer given) {
    answer = given;
  }

  /** How the answer goes on, if it does; null if it is sent as a whole. */
  Answer.Streaming streaming() {
    return question.method().equals("GET") ? answer.streaming() : null;
  }

  /** Sends an answer that is known as a whole. */
  void send() throws IOException {
    boolean bodyless = question.method().equals("HEAD") || answer.body().length == 0;
    sendHeaders(bodyless ? -1 : answer.body().length);
    if (!bodyless) {
      exchange.getResponseBody().write(answer.body());
    }
    exchange.close();
  }

  /** Begins an answer that goes on. */
  void begin() throws IOException {
    sendHeaders(0);
    exchange.getResponseBody().flush();
  }

  /** Goes on with it. */
  void write(String text) throws IOException {
    exchange.getResponseBody().write(text.getBytes(StandardCharsets.UTF_8));
    exchange.getResponseBody().flush();
  }

  /** Ends it. */
  void end() {
    exchange.close();
  }

  /**
   * Headers.
   *
   * @param length of the body; -1 for none, 0 for one that goes on
   */
  private void sendHeaders(long length) throws IOException {
    Headers headers = exchange.getResponseHeaders();
    headers.set("Cache-Control", "no-store");
    headers.set("X-Content-Type-Options", "nosniff");
    headers.set("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");
    answer.headers().forEach(headers::set);
    exchange.sendResponseHeaders(answer.status(), length);
  }
}
