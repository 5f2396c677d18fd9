package io.sounder.client.load;

import io.sounder.client.cli.CountConverter;
import io.sounder.client.load.rate.Rates;
import io.sounder.client.outcome.UsageException;
import io.sounder.client.wire.Wiring;
import io.sounder.protocol.endpoint.Conversation;
import io.sounder.protocol.endpoint.IpLiteral;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** The flags that say how connections come and go. */
final class ConnectionOptions {
  private static final String CONNECT_RATE = "--connect-rate";
  private static final String REQUESTS_PER_CONNECTION = "--requests-per-connection";
  private static final String SOURCE_IP = "--source-ip";

  @Option(
      names = CONNECT_RATE,
      paramLabel = "RATE",
      description = "Connections to open per second, at the start and later.")
  String connectRate;

  @Option(
      names = REQUESTS_PER_CONNECTION,
      paramLabel = "N",
      converter = CountConverter.class,
      description = "After so many replies, close the connection and open another.")
  Long requestsPerConnection;

  @Option(
      names = SOURCE_IP,
      paramLabel = "ADDRESS",
      split = ",",
      description = "Connect from these addresses of this machine, in turn.")
  List<String> sources = new ArrayList<>();

  /**
   * What they say.
   *
   * @param wiring what connections begin with
   * @throws UsageException with one line for the user
   */
  ConnectionLife life(Wiring wiring) {
    if (requestsPerConnection != null && requestsPerConnection < 1) {
      throw new UsageException(
          REQUESTS_PER_CONNECTION
              + " "
              + requestsPerConnection
              + " is out of range; give 1 or more");
    }
    return new ConnectionLife(
        connectRate == null ? 0 : Rates.parse(CONNECT_RATE, connectRate),
        requestsPerConnection == null ? Conversation.NEVER : requestsPerConnection,
        sources.stream().map(ConnectionOptions::source).toList(),
        wiring);
  }

  private static InetAddress source(String text) {
    byte[] address =
        IpLiteral.parse(text)
            .orElseThrow(
                () -> new UsageException(SOURCE_IP + ": '" + text + "' is not an IP address"));
    try {
      return InetAddress.getByAddress(address);
    } catch (UnknownHostException e) {
      throw new IllegalStateException("4 or 16 bytes are an address", e);
    }
  }
}
