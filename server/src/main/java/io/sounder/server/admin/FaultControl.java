package io.sounder.server.admin;

import io.sounder.protocol.endpoint.EndpointException;
import java.util.concurrent.TimeoutException;

/** The faults that listeners inject, as the admin page shows and changes them. */
public interface FaultControl {
  /** There is no listener there. The message is one line for the user. */
  final class UnknownListenerException extends Exception {
    private static final long serialVersionUID = 1L;

    public UnknownListenerException(String message) {
      super(message);
    }
  }

  /** Each listener with its faults, one a line. */
  String list();

  /**
   * Replaces a listener's faults, for messages that arrive from now on.
   *
   * @param line the listener and its new faults, such as {@code tcp://127.0.0.1:8888?drop=1}
   * @return the listener with the faults that it injects from now on
   * @throws EndpointException if the line cannot be read
   * @throws TimeoutException if the service does not answer; the faults may be changed later
   */
  String change(String line)
      throws UnknownListenerException, TimeoutException, InterruptedException;
}
