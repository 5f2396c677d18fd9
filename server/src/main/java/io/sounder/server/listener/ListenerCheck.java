package io.sounder.server.listener;

import io.sounder.protocol.endpoint.Endpoint;
import io.sounder.protocol.endpoint.ListenerSpec;
import io.sounder.server.tls.TlsContext;
import io.sounder.server.tls.TlsFileException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** What can be found out about a listener without opening it. Blocks on names and on files. */
public final class ListenerCheck {
  private ListenerCheck() {}

  /**
   * Looks at all of it.
   *
   * @return with what it is to speak TLS, read now
   * @throws ConfigurationException if it could not be opened, as far as can be known
   */
  public static Optional<TlsContext> check(ListenerSpec spec) throws ConfigurationException {
    Endpoint endpoint = spec.endpoint();
    if (!endpoint.scheme().hasPort()) {
      Path directory = Path.of(endpoint.path()).getParent();
      if (!Files.isDirectory(directory)) {
        throw cannotListen(endpoint, "its directory does not exist; create it first");
      }
      return Optional.empty();
    }
    try {
      requireRules(spec, address(endpoint));
    } catch (UnknownHostException e) {
      throw cannotListen(
          endpoint, "host '" + endpoint.host() + "' is not known; give an address of this machine");
    }
    return readTls(spec);
  }

  static InetAddress address(Endpoint endpoint) throws UnknownHostException {
    return InetAddress.getByName(endpoint.host());
  }

  /** What must be said where others than this machine can reach it. */
  static void requireRules(ListenerSpec spec, InetAddress address) throws ConfigurationException {
    if (address.isLoopbackAddress()) {
      return;
    }
    if (spec.proxy().isRequired() && spec.proxy().senders().isEmpty()) {
      throw new ConfigurationException(
          spec.text()
              + ": proxy-protocol=required on a listener that is not on loopback needs proxy-from=…,"
              + " since whoever sends a header chooses his own address; write the proxies' addresses and blocks");
    }
    if (!spec.endpoint().scheme().isStream() && spec.access().isEmpty()) {
      throw new ConfigurationException(
          spec.text()
              + ": a UDP listener that is not on loopback needs allow=…, since its replies can be abused;"
              + " write allow=private, addresses and blocks, or allow=any");
    }
  }

  static Optional<TlsContext> readTls(ListenerSpec spec) throws ConfigurationException {
    if (spec.tls().isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(TlsContext.read(spec.tls().get()));
    } catch (TlsFileException e) {
      throw cannotListen(spec.endpoint(), e.getMessage());
    }
  }

  private static ConfigurationException cannotListen(Endpoint endpoint, String why) {
    return new ConfigurationException("cannot listen on " + endpoint + ": " + why);
  }
}
