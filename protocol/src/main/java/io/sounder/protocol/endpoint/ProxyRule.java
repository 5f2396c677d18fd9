package io.sounder.protocol.endpoint;

import java.util.Optional;

/**
 * Whether connections to a listener begin with a PROXY header, which says who their peers are: the
 * keys {@code proxy-protocol} and {@code proxy-from}.
 *
 * @param isRequired whether they do; one that begins otherwise is closed
 * @param senders who may send such a header, by the socket's own address; empty where that was not
 *     given
 */
public record ProxyRule(boolean isRequired, Optional<AccessList> senders) {
  static ProxyRule read(Parameters parameters) {
    boolean required = isRequired(parameters);
    if (!required) {
      parameters.refuse(Key.PROXY_FROM, "needs proxy-protocol=required");
    }
    return new ProxyRule(
        required,
        parameters.raw(
            Key.PROXY_FROM,
            Optional.empty(),
            list -> Optional.of(AccessList.parse(list, PercentCode::toText))));
  }

  static boolean isRequired(Parameters parameters) {
    return parameters.get(
        Key.PROXY_PROTOCOL,
        false,
        text ->
            switch (text) {
              case "off" -> false;
              case "required" -> true;
              default -> throw new EndpointException("allowed are off and required");
            });
  }
}
