package io.sounder.client.net;

import io.sounder.client.outcome.ClientFailure;
import io.sounder.client.outcome.ErrorClass;
import io.sounder.client.outcome.UsageException;
import io.sounder.protocol.endpoint.Endpoint;
import io.sounder.protocol.endpoint.Scheme;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** Finds the addresses of an endpoint. */
public final class Resolver {
  /** What {@code sun_path} holds on Linux (unix(7)), without the NUL at its end. */
  private static final int MAX_UNIX_PATH_BYTES = 107;

  private Resolver() {}

  /**
   * All addresses, in the system's order; one for a literal or a path. A zone ({@code
   * fe80::1%eth0}) must be an interface of this machine. Blocks while names are looked up.
   *
   * @throws ClientFailure of {@link ErrorClass#UNKNOWN_HOST}
   * @throws UsageException for a path that is too long for a Unix socket
   */
  public static List<SocketAddress> resolve(Endpoint endpoint) {
    if (endpoint.scheme() == Scheme.UNIX) {
      return List.of(unixAddress(endpoint));
    }
    try {
      return Arrays.stream(InetAddress.getAllByName(endpoint.host()))
          .<SocketAddress>map(address -> new InetSocketAddress(address, endpoint.port()))
          .toList();
    } catch (UnknownHostException e) {
      throw new ClientFailure(ErrorClass.UNKNOWN_HOST, describe(endpoint), e);
    }
  }

  private static SocketAddress unixAddress(Endpoint endpoint) {
    int length = endpoint.path().getBytes(StandardCharsets.UTF_8).length;
    if (length > MAX_UNIX_PATH_BYTES) {
      throw new UsageException(
          endpoint
              + ": the path has "
              + length
              + " bytes, and a Unix socket's has at most "
              + MAX_UNIX_PATH_BYTES
              + "; use a shorter one");
    }
    return UnixDomainSocketAddress.of(endpoint.path());
  }

  private static String describe(Endpoint endpoint) {
    int zone = endpoint.host().indexOf('%');
    String reason =
        zone < 0
            ? "hostname could not be resolved; check its spelling, or give an address"
            : "there is no network interface '"
                + endpoint.host().substring(zone + 1)
                + "' here; 'ip link' lists them";
    return "cannot resolve " + endpoint + ": " + ErrorClass.UNKNOWN_HOST.text() + ": " + reason;
  }
}
