package io.sounder.protocol.endpoint;

/**
 * Other faults for a listener that is running.
 *
 * @param listener where it listens, without its keys
 * @param faults all that it does wrong from now on
 */
public record FaultChange(Endpoint listener, FaultSpec faults) {
  /**
   * Reads a listener and its faults; no other keys may stand behind it, and none at all means no
   * faults.
   *
   * @throws EndpointException with one line for the user: what is wrong and what is allowed
   */
  public static FaultChange parse(String text) {
    EndpointUrl url =
        EndpointUrl.cut(text.endsWith("?") ? text.substring(0, text.length() - 1) : text);
    Parameters parameters = new Parameters(url, Key.Side.RUN_TIME);
    return new FaultChange(url.endpoint(ServiceNames.system()), FaultSpec.read(parameters));
  }
}
