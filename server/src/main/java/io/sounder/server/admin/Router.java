package io.sounder.server.admin;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers each question with the page at its path. A page and its answer have a few seconds
 * together; an answer that streams has them for each write, and only so many stream at a time, so
 * that threads are left for the others.
 */
final class Router implements HttpHandler {
  private static final Logger LOG = LoggerFactory.getLogger(Router.class);

  private static final Answer TOO_MANY =
      Answer.text(503, "too many are looking already; close one of their pages\n");

  private final Routes routes;
  private final Gate gate;
  private final Watchdog watchdog;
  private final Semaphore streams;

  /**
   * A router.
   *
   * @param gate asked before anything is answered
   * @param maxStreams how many answers may stream at a time
   */
  Router(Routes routes, Gate gate, Watchdog watchdog, int maxStreams) {
    this.routes = routes;
    this.gate = gate;
    this.watchdog = watchdog;
    this.streams = new Semaphore(maxStreams);
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    Visit visit = new Visit(exchange);
    watchdog.within(() -> answer(visit));
    if (visit.streaming() != null) {
      stream(visit);
    }
  }

  private void answer(Visit visit) throws IOException {
    visit.answer(answerTo(visit.question()));
    if (visit.streaming() == null) {
      visit.send();
    }
  }

  private Answer answerTo(Question question) throws IOException {
    Routes.Route route = routes.at(question.path()).orElse(null);
    Answer refusal = gate.refusal(question, route != null && route.open());
    if (refusal != null) {
      return refusal;
    }
    if (route == null) {
      return Answer.text(404, "there is " + routes.text() + "\n");
    }
    if (!route.methods().contains(question.method())) {
      return Answer.text(405, Routes.join(route.methods(), " or ") + "\n")
          .with("Allow", String.join(", ", route.methods()));
    }
    try {
      return route.page().answer(question);
    } catch (InterruptedException e) {
      throw interrupted(e);
    } catch (RuntimeException e) {
      LOG.error("a defect of ours in the admin page {}", question.path(), e);
      return Answer.text(500, "a defect of ours; see the log\n");
    }
  }

  private void stream(Visit visit) throws IOException {
    if (!streams.tryAcquire()) {
      visit.answer(TOO_MANY);
      watchdog.within(visit::send);
      return;
    }
    try {
      watchdog.within(visit::begin);
      visit.streaming().writeTo(text -> watchdog.within(() -> visit.write(text)));
      watchdog.within(visit::end);
    } catch (InterruptedException e) {
      throw interrupted(e);
    } finally {
      streams.release();
    }
  }

  /** Ends the connection: whoever asked took too long, or the service ends. */
  private static IOException interrupted(InterruptedException cause) {
    Thread.currentThread().interrupt();
    IOException e = new InterruptedIOException("interrupted while answering");
    e.initCause(cause);
    return e;
  }
}
