package io.sounder.server.admin;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import io.sounder.protocol.endpoint.EndpointException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeoutException;

/** {@code /faults}: GET shows what is injected on purpose, PUT changes it for one listener. */
final class FaultsPage implements HttpHandler {
  private static final int MAX_BODY_BYTES = 8 << 10; // some hundred times a listener and its faults

  private final FaultControl faults;

  FaultsPage(FaultControl faults) {
    this.faults = faults;
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    switch (exchange.getRequestMethod()) {
      case "GET", "HEAD" -> AdminServer.send(exchange, 200, faults.list());
      case "PUT" -> put(exchange);
      default -> AdminServer.send(exchange, 405, "GET, HEAD or PUT\n");
    }
  }

  private void put(HttpExchange exchange) throws IOException {
    // Any page in a browser on this machine can reach loopback. Across origins a PUT takes a
    // preflight, which is not granted here; but a page whose own name was made to point at
    // 127.0.0.1 needs none. With a PUT a browser always says where the page is from, and whoever
    // has business here has no reason to.
    if (exchange.getRequestHeaders().containsKey("Origin")) {
      AdminServer.send(exchange, 403, "not from a web page; use curl, or another program\n");
      return;
    }
    if (!exchange.getRemoteAddress().getAddress().isLoopbackAddress()) {
      AdminServer.send(exchange, 403, "faults are changed from the machine itself\n");
      return;
    }
    byte[] body = exchange.getRequestBody().readNBytes(MAX_BODY_BYTES + 1);
    if (body.length > MAX_BODY_BYTES) {
      AdminServer.send(exchange, 413, "a line has at most " + MAX_BODY_BYTES + " bytes\n");
      return;
    }
    String line = new String(body, StandardCharsets.UTF_8).strip();
    if (line.chars().anyMatch(Character::isISOControl)) {
      AdminServer.send(exchange, 400, "one listener at a time, on one line\n");
      return;
    }
    change(exchange, line);
  }

  private void change(HttpExchange exchange, String line) throws IOException {
    try {
      AdminServer.send(exchange, 200, faults.change(line) + "\n");
    } catch (EndpointException e) {
      AdminServer.send(exchange, 400, e.getMessage() + "\n");
    } catch (FaultControl.UnknownListenerException e) {
      AdminServer.send(exchange, 404, e.getMessage() + "\n");
    } catch (TimeoutException e) {
      AdminServer.send(exchange, 503, e.getMessage() + "\n");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      AdminServer.send(exchange, 503, "the service is ending\n");
    }
  }
}
