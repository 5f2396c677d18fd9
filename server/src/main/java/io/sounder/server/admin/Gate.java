package io.sounder.server.admin;

import io.sounder.protocol.endpoint.AccessList;
import io.sounder.server.connection.NanoClock;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lets those ask who may; others are told so, and learn nothing else. */
final class Gate {
  private static final Logger LOG = LoggerFactory.getLogger(Gate.class);

  private static final long LOG_PERIOD_NANOS = TimeUnit.SECONDS.toNanos(10);

  private final AccessList allowed;
  private final Credentials credentials;
  private final HostNames hosts;
  private final Runnable onRefused;
  private final NanoClock clock;
  private final AtomicLong mayLogNanos;

  /**
   * A gate.
   *
   * @param hosts by which names we are known, to whom shows nothing
   * @param onRefused told of each question that is refused
   */
  Gate(
      AccessList allowed,
      Credentials credentials,
      HostNames hosts,
      Runnable onRefused,
      NanoClock clock) {
    this.allowed = allowed;
    this.credentials = credentials;
    this.hosts = hosts;
    this.onRefused = onRefused;
    this.clock = clock;
    this.mayLogNanos = new AtomicLong(clock.nanoTime());
  }

  /**
   * Why a question is not answered; null if it is.
   *
   * @param open whether what is asked for needs no credentials
   */
  Answer refusal(Question question, boolean open) {
    if (!allowed.allows(question.peer().getAddress())) {
      LOG.debug("refused {} an admin page", question.peer());
      return refused(Answer.text(403, "not for you; see --admin-allow\n"));
    }
    if (open) {
      return null;
    }
    if (credentials.areNeeded()) {
      return credentials.areShownBy(question) ? null : uncredited(question);
    }
    // A page in a browser here can reach us by a name of its own that points at us. It cannot
    // choose another name to ask for.
    return hosts.areOurs(question.header("Host").orElse(""))
        ? null
        : refused(Answer.text(403, "not by that name; ask by address, or as localhost\n"));
  }

  private Answer uncredited(Question question) {
    long nowNanos = clock.nanoTime();
    long mayLog = mayLogNanos.get();
    if (nowNanos - mayLog >= 0 && mayLogNanos.compareAndSet(mayLog, nowNanos + LOG_PERIOD_NANOS)) {
      LOG.warn("refused {} an admin page: without the right credentials", question.peer());
    }
    if (!credentials.haveToken()) {
      return refused(Answer.text(403, "not without a client certificate\n"));
    }
    return refused(
        Answer.text(401, "not without the token\n")
            .with("WWW-Authenticate", "Basic realm=\"sounder\", charset=\"UTF-8\""));
  }

  private Answer refused(Answer answer) {
    onRefused.run();
    return answer.with("Connection", "close");
  }
}
