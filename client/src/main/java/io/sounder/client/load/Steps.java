package io.sounder.client.load;

/** Several tests, each at another rate. */
interface Steps {
  /**
   * Runs them, and writes what they found.
   *
   * @return the exit code
   * @throws io.sounder.client.outcome.ClientFailure if no connection at all could be made
   */
  int run(Tester tester, Outputs outputs) throws InterruptedException;
}
