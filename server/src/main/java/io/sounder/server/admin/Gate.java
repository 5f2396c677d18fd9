package io.sounder.server.admin;

import io.sounder.protocol.endpoint.AccessList;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lets those ask who may; others are told so, and learn nothing else. */
final class Gate {
  private static final Logger LOG = LoggerFactory.getLogger(Gate.class);

  private final AccessList allowed;
  private final Runnable onRefused;

  Gate(AccessList allowed, Runnable onRefused) {
    this.allowed = allowed;
    this.onRefused = onRefused;
  }

  /** Why a question is not answered; null if it is. */
  Answer refusal(Question question) {
    if (allowed.allows(question.peer().getAddress())) {
      return null;
    }
    onRefused.run();
    LOG.debug("refused {} an admin page", question.peer());
    return Answer.text(403, "not for you; see --admin-allow\n").with("Connection", "close");
  }
}
