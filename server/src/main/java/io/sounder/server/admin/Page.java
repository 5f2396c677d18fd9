package io.sounder.server.admin;

import java.io.IOException;

/** What is answered at one path. Asked by several threads at once. */
@FunctionalInterface
public interface Page {
  /**
   * Answers, within some seconds; after that the asker is cut off, and this thread interrupted.
   *
   * @throws IOException if what was sent cannot be read
   */
  Answer answer(Question question) throws IOException, InterruptedException;
}
