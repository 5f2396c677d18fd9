package io.sounder.server.admin;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What the admin port answers: a status, headers and a body, which is known as a whole or, for an
 * answer that streams, written as things happen. Immutable.
 */
public final class Answer {
  private static final String TEXT = "text/plain; charset=utf-8";
  private static final String JSON = "application/json";

  /** Where a body that streams goes. */
  public interface Outflow {
    /**
     * Sends some of it at once.
     *
     * @throws IOException if the peer is gone, or takes nothing for some seconds
     */
    void write(String text) throws IOException;
  }

  /** A body that is written as things happen, on a thread of its own. */
  @FunctionalInterface
  public interface Streaming {
    /**
     * Writes until there is no more to say, or nobody listens any more. Must write something now
     * and then: nothing else tells that the peer is gone.
     *
     * @throws InterruptedException if the service ends
     */
    void writeTo(Outflow out) throws IOException, InterruptedException;
  }

  private final int status;
  private final Map<String, String> headers;
  private final byte[] body;
  private final Streaming streaming; // null where the body is known

  private Answer(int status, Map<String, String> headers, byte[] body, Streaming streaming) {
    this.status = status;
    this.headers = headers;
    this.body = body;
    this.streaming = streaming;
  }

  /** Plain text. */
  public static Answer text(int status, String text) {
    return of(status, TEXT, text.getBytes(StandardCharsets.UTF_8));
  }

  /** JSON, which was written already. */
  public static Answer json(String json) {
    return of(200, JSON, json.getBytes(StandardCharsets.UTF_8));
  }

  /** Anything. */
  public static Answer of(int status, String contentType, byte[] body) {
    return new Answer(status, Map.of("Content-Type", contentType), body.clone(), null);
  }

  /** One that goes on; only so many do at a time, others are told to come again. */
  public static Answer streaming(String contentType, Streaming body) {
    return new Answer(200, Map.of("Content-Type", contentType), new byte[0], body);
  }

  /** The same with a header, instead of what that would otherwise be. */
  public Answer with(String header, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(header, value);
    return new Answer(status, more, body, streaming);
  }

  int status() {
    return status;
  }

  Map<String, String> headers() {
    return headers;
  }

  byte[] body() {
    return body;
  }

  /** Null where the body is known. */
  Streaming streaming() {
    return streaming;
  }
}
