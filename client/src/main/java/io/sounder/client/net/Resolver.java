package io.sounder.client.net;

import io.sounder.client.outcome.ClientFailure;
import io.sounder.client.outcome.ErrorClass;
import io.sounder.protocol.endpoint.Endpoint;
import io.sounder.protocol.endpoint.Scheme;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;

/** Finds the addresses of an endpoint. */
public final class Resolver {
  private Resolver() {}

  /**
   * All addresses, in the system's order; one for a literal or a path. A zone ({@code
   * fe80::1%eth0}) must be an interface of this machine. Blocks while names are looked up.
   *
   * @throws ClientFailure of {@link ErrorClass#UNKNOWN_HOST}
   */
  public static List<SocketAddress> resolve(Endpoint endpoint) {
    if (endpoint.scheme() == Scheme.UNIX) {
      return List.of(UnixDomainSocketAddress.of(endpoint.path()));
    }
    try {
      return Arrays.stream(InetAddress.getAllByName(endpoint.host()))
          .<SocketAddress>map(address -> new InetSocketAddress(address, endpoint.port()))
          .toList();
    } catch (UnknownHostException e) {
      throw new ClientFailure(ErrorClass.UNKNOWN_HOST, describe(endpoint), e);
    }
  }

  private static String describe(Endpoint endpoint) {
    int zone = endpoint.host().indexOf('%');
    String reason =
        zone < 0
            ? "hostname could not be resolved; check its spelling, or give an address"
            : "the zone '"
                + endpoint.host().substring(zone + 1)
                + "' is no interface here that has such an address; 'ip -6 address' lists them";
    return "cannot resolve " + endpoint + ": " + ErrorClass.UNKNOWN_HOST.text() + ": " + reason;
  }
}
