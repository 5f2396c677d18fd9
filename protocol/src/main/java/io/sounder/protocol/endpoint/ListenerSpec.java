package io.sounder.protocol.endpoint;

import java.util.Optional;

/**
 * A listener as it was asked for.
 *
 * @param text as it was written
 * @param access who may; empty where {@code allow} was not given: everyone on TCP, loopback only on
 *     UDP
 * @param guards whom else it keeps out, and from what it keeps others
 * @param keepAlive how the system finds out that a silent peer is gone
 * @param proxy whether connections begin with a PROXY header; then {@code access} is about the
 *     peers that those name
 * @param workNanos busy CPU time per reply
 * @param isInspected whether what arrives may be looked at as it comes in
 * @param faults what it does wrong on purpose
 * @param tls how it speaks TLS; there for {@link Scheme#TLS}, and only there
 */
public record ListenerSpec(
    String text,
    Endpoint endpoint,
    Conversation conversation,
    Limits limits,
    SocketSettings socket,
    Optional<AccessList> access,
    Guards guards,
    KeepAlive keepAlive,
    ProxyRule proxy,
    long workNanos,
    boolean isInspected,
    FaultSpec faults,
    Optional<TlsSettings> tls) {
  private static final long MAX_WORK_NANOS = 60_000_000_000L;

  /**
   * Reads a listener.
   *
   * @throws EndpointException with one line for the user: what is wrong and what is allowed
   */
  public static ListenerSpec parse(String text) {
    return parse(text, ServiceNames.system());
  }

  static ListenerSpec parse(String text, ServiceNames services) {
    EndpointUrl url = EndpointUrl.cut(text);
    Parameters parameters = new Parameters(url, Key.Side.LISTENER);
    Endpoint endpoint = url.endpoint(services);
    if (endpoint.scheme().hasPort() && endpoint.host().isEmpty()) {
      endpoint = Endpoint.inet(endpoint.scheme(), Endpoint.WILDCARD, endpoint.port());
    }
    return new ListenerSpec(
        text,
        endpoint,
        Conversation.read(parameters, url.scheme()),
        Limits.read(parameters),
        SocketSettings.read(parameters),
        parameters.raw(
            Key.ALLOW,
            Optional.empty(),
            list -> Optional.of(AccessList.parse(list, PercentCode::toText))),
        Guards.read(parameters),
        KeepAlive.read(parameters),
        ProxyRule.read(parameters),
        parameters.get(Key.WORK, 0L, ListenerSpec::workNanos),
        Boolean.TRUE.equals(parameters.onOff(Key.INSPECT)),
        FaultSpec.read(parameters),
        TlsSettings.read(parameters, url));
  }

  private static long workNanos(String text) {
    return Parameters.checked(
        text,
        Units::durationNanos,
        nanos -> nanos <= MAX_WORK_NANOS,
        "0 to " + Units.durationText(MAX_WORK_NANOS));
  }
}
