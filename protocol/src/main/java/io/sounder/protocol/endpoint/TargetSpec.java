package io.sounder.protocol.endpoint;

/**
 * A target as it was asked for: where to connect, and what to expect there.
 *
 * @param text as it was written
 */
public record TargetSpec(
    String text, Endpoint endpoint, Conversation conversation, SocketSettings socket) {
  /**
   * Reads a target.
   *
   * @throws EndpointException with one line for the user: what is wrong and what is allowed
   */
  public static TargetSpec parse(String text) {
    return parse(text, ServiceNames.system());
  }

  static TargetSpec parse(String text, ServiceNames services) {
    EndpointUrl url = EndpointUrl.cut(text);
    Parameters parameters = new Parameters(url, Key.Side.TARGET);
    if (url.scheme().hasPort() && url.host().isEmpty()) {
      throw new EndpointException(text + ": a target needs a host, such as 127.0.0.1");
    }
    Endpoint endpoint = url.endpoint(services);
    if (endpoint.scheme().hasPort() && endpoint.port() == 0) {
      throw new EndpointException(text + ": a target needs a port from 1 to 65535");
    }
    return new TargetSpec(
        text,
        endpoint,
        Conversation.read(parameters, url.scheme()),
        SocketSettings.read(parameters));
  }
}
