package io.sounder.server.admin;

import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import io.sounder.server.connection.NanoClock;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLParameters;

/** A small HTTP server for operators and probes, on threads of its own. */
public final class AdminServer {
  private static final int BACKLOG = 64;
  private static final int MAX_CONNECTIONS = 256;
  private static final int MAX_THREADS = 16;
  private static final int MAX_STREAMS = 8; // what is left is for probes, which must not wait
  private static final int MAX_EXCHANGE_SECONDS = 5;
  private static final String[] PROTOCOLS = {"TLSv1.3", "TLSv1.2"};

  private final HttpServer http;
  private final ExecutorService executor;
  private final Gate gate;
  private final Watchdog watchdog;

  private AdminServer(HttpServer http, ExecutorService executor, Gate gate, Watchdog watchdog) {
    this.http = http;
    this.executor = executor;
    this.gate = gate;
    this.watchdog = watchdog;
  }

  /**
   * Takes the port; nobody is answered before {@link #serve}.
   *
   * @param onRefused told of each request that is refused
   * @throws IOException if the port is taken
   */
  public static AdminServer bind(Doorway doorway, Runnable onRefused) throws IOException {
    return bind(doorway, onRefused, TimeUnit.SECONDS.toNanos(MAX_EXCHANGE_SECONDS));
  }

  /** The same, with the time that an exchange may take. */
  static AdminServer bind(Doorway doorway, Runnable onRefused, long maxExchangeNanos)
      throws IOException {
    // A request begun and never ended would otherwise keep its thread for good. The server knows no
    // other way to be told. What we do ourselves, and what we answer, the watchdog bounds.
    System.setProperty("sun.net.httpserver.maxReqTime", String.valueOf(MAX_EXCHANGE_SECONDS));
    System.setProperty("jdk.httpserver.maxConnections", String.valueOf(MAX_CONNECTIONS));
    HttpServer http = open(doorway);
    ExecutorService executor =
        Executors.newFixedThreadPool(
            MAX_THREADS,
            task -> {
              Thread thread = new Thread(task, "admin");
              thread.setDaemon(true);
              return thread;
            });
    http.setExecutor(executor);
    Gate gate =
        new Gate(
            doorway.allowed(),
            doorway.credentials(),
            new HostNames(doorway.address().getHostString()),
            onRefused,
            NanoClock.SYSTEM);
    return new AdminServer(http, executor, gate, new Watchdog(maxExchangeNanos));
  }

  private static HttpServer open(Doorway doorway) throws IOException {
    if (doorway.tls().isEmpty()) {
      return HttpServer.create(doorway.address(), BACKLOG);
    }
    HttpsServer https = HttpsServer.create(doorway.address(), BACKLOG);
    https.setHttpsConfigurator(
        new HttpsConfigurator(doorway.tls().get()) {
          @Override
          public void configure(HttpsParameters each) {
            SSLParameters wanted = getSSLContext().getDefaultSSLParameters();
            wanted.setProtocols(PROTOCOLS);
            wanted.setWantClientAuth(true); // probes have none, and are answered nevertheless
            each.setSSLParameters(wanted);
          }
        });
    return https;
  }

  /** Starts to answer with these pages. */
  public void serve(Routes routes) {
    http.createContext("/", new Router(routes, gate, watchdog, MAX_STREAMS));
    http.start();
  }

  public InetSocketAddress address() {
    return http.getAddress();
  }

  public void stop() {
    http.stop(0);
    executor.shutdownNow();
    watchdog.stop();
  }
}
