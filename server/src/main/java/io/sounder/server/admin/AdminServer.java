package io.sounder.server.admin;

import com.sun.net.httpserver.Filter;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import io.sounder.protocol.endpoint.AccessList;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * A small HTTP server for operators and probes: {@code /healthz}, {@code /stats} and {@code
 * /faults}.
 */
public final class AdminServer {
  private static final long HEALTH_TIMEOUT_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final int BACKLOG = 64;
  private static final int MAX_THREADS = 16;
  private static final String MAX_EXCHANGE_SECONDS = "5";
  private static final String PAGES = "there is /healthz, /stats and /faults\n";

  /** Whether the service answers in time. */
  @FunctionalInterface
  public interface Health {
    boolean check(long timeoutNanos) throws InterruptedException;
  }

  private final HttpServer http;
  private final ExecutorService executor;
  private final Filter filter;

  private AdminServer(HttpServer http, ExecutorService executor, Filter filter) {
    this.http = http;
    this.executor = executor;
    this.filter = filter;
  }

  /**
   * Takes the port; nobody is answered before {@link #serve}.
   *
   * @param address port 0 lets the system choose
   * @param allowed who may ask; others are refused whatever they ask
   * @param onRefused told of each request that is refused
   * @throws IOException if the port is taken
   */
  public static AdminServer bind(InetSocketAddress address, AccessList allowed, Runnable onRefused)
      throws IOException {
    // A request begun and never ended would otherwise keep its thread for good. The server knows no
    // other way to be told.
    System.setProperty("sun.net.httpserver.maxReqTime", MAX_EXCHANGE_SECONDS);
    System.setProperty("sun.net.httpserver.maxRspTime", MAX_EXCHANGE_SECONDS);
    HttpServer http = HttpServer.create(address, BACKLOG);
    ExecutorService executor =
        Executors.newFixedThreadPool(
            MAX_THREADS,
            task -> {
              Thread thread = new Thread(task, "admin");
              thread.setDaemon(true);
              return thread;
            });
    http.setExecutor(executor);
    return new AdminServer(http, executor, new PeerFilter(allowed, onRefused));
  }

  /**
   * Starts to answer.
   *
   * @param health a round trip through the reactor
   * @param stats the counters, as text
   * @param faults what listeners do wrong on purpose
   */
  public void serve(Health health, Supplier<String> stats, FaultControl faults) {
    http.createContext("/", exchange -> answer(exchange, 404, PAGES)).getFilters().add(filter);
    serveExactly("/stats", exchange -> answer(exchange, 200, stats.get()));
    serveExactly("/faults", new FaultsPage(faults));
    serveExactly(
        "/healthz",
        exchange -> {
          boolean healthy = isHealthy(health);
          answer(exchange, healthy ? 200 : 503, healthy ? "ok\n" : "the reactor does not answer\n");
        });
    http.start();
  }

  /** A context has all paths that begin with its own. */
  private void serveExactly(String path, HttpHandler page) {
    HttpHandler exactly =
        exchange -> {
          if (exchange.getRequestURI().getPath().equals(path)) {
            page.handle(exchange);
          } else {
            answer(exchange, 404, PAGES);
          }
        };
    http.createContext(path, exactly).getFilters().add(filter);
  }

  private static boolean isHealthy(Health health) {
    try {
      return health.check(HEALTH_TIMEOUT_NANOS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Answers a page that can only be looked at. */
  private static void answer(HttpExchange exchange, int status, String text) throws IOException {
    String method = exchange.getRequestMethod();
    boolean mayAsk = method.equals("GET") || method.equals("HEAD");
    send(exchange, mayAsk ? status : 405, mayAsk ? text : "GET or HEAD\n");
  }

  static void send(HttpExchange exchange, int status, String text) throws IOException {
    boolean bodyless = exchange.getRequestMethod().equals("HEAD");
    byte[] body = text.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "text/plain; charset=utf-8");
    exchange.getResponseHeaders().set("Cache-Control", "no-store");
    exchange.sendResponseHeaders(status, bodyless ? -1 : body.length);
    if (!bodyless) {
      exchange.getResponseBody().write(body);
    }
    exchange.close();
  }

  public InetSocketAddress address() {
    return http.getAddress();
  }

  public void stop() {
    http.stop(0);
    executor.shutdownNow();
  }
}
