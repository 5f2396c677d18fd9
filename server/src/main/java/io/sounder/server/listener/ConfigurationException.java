package io.sounder.server.listener;

/**
 * Listeners that are well written, but cannot be had together or here. The message is one line for
 * the user.
 */
public final class ConfigurationException extends Exception {
  private static final long serialVersionUID = 1L;

  public ConfigurationException(String message) {
    super(message);
  }
}
