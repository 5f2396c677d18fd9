package io.sounder.systems;

import static io.sounder.systems.Programs.python;
import static io.sounder.systems.Programs.serve;
import static io.sounder.systems.Programs.sounder;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Recipe 20: IPv6, also with a zone, and Unix sockets. */
class AddressFamiliesIT {
  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource
  void echoesOverIpv6(Pairing pairing) throws Exception {
    assumeTrue(hasIpv6Loopback(), "this machine has no IPv6");
    try (Program server = ipv6Server(pairing)) {
      int port =
          pairing.serverIsOurs()
              ? URI.create(OurServer.listening(server).get(0)).getPort()
              : Integer.parseInt(server.awaitLine("port "));
      InetAddress loopback =
          InetAddress.getByAddress(new byte[] {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1});
      try (StreamRelay relay =
              StreamRelay.at(
                  new InetSocketAddress(loopback, 0), new InetSocketAddress(loopback, port));
          Program client =
              Program.start(
                  pairing.clientIsOurs()
                      ? sounder("send", "tcp://[::1]:" + relay.port(), "hello", "--replies", "1")
                      : python("tcp_echo_client.py", "::1", "" + relay.port()))) {
        client.type(pairing.clientIsOurs() ? "" : "hello\n").endInput();

        assertEquals(0, client.exitCode(), client::toString);
        assertEquals(
            new Wire().client("hello").server("hello").clientEnds().serverEnds().toString(),
            relay.connection(0).whole().toString());
      }
    }
  }

  private static Program ipv6Server(Pairing pairing) throws IOException {
    return Program.start(
        pairing.serverIsOurs()
            ? serve("tcp://[::1]:0", "--admin", "off")
            : python("tcp_echo_server.py", "::1", "0"));
  }

  @ParameterizedTest
  @EnumSource
  void echoesOverAUnixSocket(Pairing pairing) throws Exception {
    String serverPath = folder.resolve("server.sock").toString();
    String relayPath = folder.resolve("relay.sock").toString();
    try (Program server =
        Program.start(
            pairing.serverIsOurs()
                ? serve("unix://" + serverPath, "--admin", "off")
                : python("unix_echo_server.py", serverPath))) {
      server.awaitOut("listening");
      try (StreamRelay relay =
              StreamRelay.at(
                  UnixDomainSocketAddress.of(relayPath), UnixDomainSocketAddress.of(serverPath));
          Program client =
              Program.start(
                  pairing.clientIsOurs()
                      ? sounder("send", "unix://" + relayPath, "hello", "--replies", "1")
                      : python("unix_echo_client.py", relayPath, "hello"))) {
        assertEquals("hello", client.out().strip(), client::toString);
        assertEquals(0, client.exitCode());
        assertEquals(
            new Wire().client("hello").server("hello").clientEnds().serverEnds().toString(),
            relay.connection(0).whole().toString());
      }
    }
  }

  @Test
  void aZoneNamesTheInterfaceOfALinkLocalAddress() throws Exception {
    Optional<Inet6Address> linkLocal = linkLocalAddress();
    assumeTrue(linkLocal.isPresent(), "no interface here has a link-local address");
    String host = "[" + linkLocal.get().getHostAddress().replace("%", "%25") + "]";
    try (Program server = Program.start(serve("tcp://" + host + ":0", "--admin", "off"))) {
      int port = portOf(OurServer.listening(server).get(0));
      try (Program client =
          Program.start(sounder("send", "tcp://" + host + ":" + port, "hello", "--replies", "1"))) {
        assertEquals("hello", client.out().strip(), client::toString);
        assertEquals(0, client.exitCode());
      }
    }
  }

  private static int portOf(String endpoint) {
    return Integer.parseInt(endpoint.substring(endpoint.lastIndexOf(':') + 1));
  }

  private static boolean hasIpv6Loopback() throws IOException {
    return NetworkInterface.networkInterfaces()
        .flatMap(NetworkInterface::inetAddresses)
        .anyMatch(address -> address instanceof Inet6Address && address.isLoopbackAddress());
  }

  private static Optional<Inet6Address> linkLocalAddress() throws IOException {
    return NetworkInterface.networkInterfaces()
        .flatMap(NetworkInterface::inetAddresses)
        .filter(address -> address instanceof Inet6Address && address.isLinkLocalAddress())
        .map(Inet6Address.class::cast)
        .findFirst();
  }
}
