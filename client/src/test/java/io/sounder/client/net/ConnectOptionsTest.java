package io.sounder.client.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sounder.client.fixture.Certificates;
import io.sounder.client.fixture.Run;
import io.sounder.client.fixture.StreamServer;
import io.sounder.client.fixture.StreamServer.Transport;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is refused before anything is sent, and the PROXY header as it arrives. */
@Timeout(20)
class ConnectOptionsTest {
  private static final String CLIENT = Certificates.CLIENT.certificateFile().toString();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "tcp://127.0.0.1:1 --ca x | --ca is for tls:// targets, and this one is tcp://",
        "udp://127.0.0.1:1 --insecure | --insecure is for tls:// targets, and this one is udp://",
        "unix:///s --sni a | --sni is for tls:// targets, and this one is unix://",
        "tls://127.0.0.1:1 --cert x | --cert needs its key too; give --key",
        "tls://127.0.0.1:1 --key x | --key needs the certificate too; give --cert",
        "tls://127.0.0.1:1 --ca x --insecure | --ca does not go with --insecure",
        "tls://127.0.0.1:1 --ca /no/such | --ca /no/such: no such file",
        "tls://127.0.0.1:1 --sni 127.0.0.1 | --sni: '127.0.0.1' is no DNS name",
        "udp://127.0.0.1:1 --proxy-protocol v1 | --proxy-protocol does not go with udp",
        "tcp://127.0.0.1:1 --proxy-protocol v3 | 'v3' is no version; allowed are v1 and v2",
      })
  void flagsThatDoNotGoTogetherAreUsageErrors(String arguments, String said) {
    Run.of(("check " + arguments).split(" ")).failed(2, said);
  }

  @ParameterizedTest
  @ValueSource(strings = {"load", "ping", "send", "talk", "time"})
  void everyCommandRefusesThem(String command) {
    Run.of(command, "udp://127.0.0.1:1", "--proxy-protocol", "v1").failed(2, "not go with udp");
    Run.of(command, "tls://127.0.0.1:1", "--ca", "/no/such").failed(2, "no such file");
  }

  @ParameterizedTest
  @ValueSource(strings = {"RSA PRIVATE KEY", "EC PRIVATE KEY", "ENCRYPTED PRIVATE KEY"})
  void aKeyOfAnotherFormatIsRefusedWithTheCommandThatConvertsIt(String label, @TempDir Path folder)
      throws IOException {
    Path key = Certificates.write(folder.resolve("key"), label, new byte[] {1, 2, 3});

    refusedKey(key, "key", "openssl pkcs8 -topk8 -nocrypt -in " + key + " -out new.pem");
  }

  @Test
  void aKeyThatCannotBeUsedIsRefused(@TempDir Path folder) throws IOException {
    Path garbage =
        Certificates.write(folder.resolve("garbage"), "PRIVATE KEY", new byte[] {1, 2, 3});
    Path text = Files.writeString(folder.resolve("text"), "no PEM");

    refusedKey(garbage, "no RSA key, as the certificate's is");
    refusedKey(text, "no PEM in it");
    refusedKey(Path.of(CLIENT), "no key in it");
    refusedKey(Certificates.EC_SERVER.keyFile(), "no RSA key, as the certificate's is");
    refusedKey(Certificates.SERVER.keyFile(), "not the key of the first certificate in " + CLIENT);
  }

  private static void refusedKey(Path key, String... said) {
    Run run = Run.of("check", "tls://127.0.0.1:1", "--cert", CLIENT, "--key", key.toString());
    run.failed(2, said);
    run.failed(2, "--key " + key + ": ");
  }

  @Test
  void aFileWithoutACertificateIsRefused(@TempDir Path folder) throws IOException {
    Path garbage = Certificates.write(folder.resolve("ca"), "CERTIFICATE", new byte[] {1, 2, 3});
    String key = Certificates.CLIENT.keyFile().toString();

    Run.of("check", "tls://127.0.0.1:1", "--ca", key).failed(2, "no certificate in it");
    Run.of("check", "tls://127.0.0.1:1", "--ca", garbage.toString())
        .failed(2, "a certificate in it cannot be read");
  }

  @ParameterizedTest
  @CsvSource({
    "TCP, PROXY TCP4 127.0.0.1 127.0.0.1",
    "TCP_OVER_IPV6, PROXY TCP6 ::1 ::1",
  })
  void versionOneSaysTheConnectionsOwnAddresses(Transport transport, String beginning)
      throws IOException {
    String[] ports = new String[1];
    String header =
        headerOn(
            transport,
            "v1",
            peer -> {
              ports[0] = port(peer, true) + " " + port(peer, false);
            });

    assertEquals(beginning + " " + ports[0] + "\r\nhello", header);
  }

  @Test
  void versionTwoSaysTheConnectionsOwnAddresses() throws IOException {
    int[] ports = new int[2];
    String header =
        headerOn(
            Transport.TCP,
            "v2",
            peer -> {
              ports[0] = port(peer, true);
              ports[1] = port(peer, false);
            });

    assertEquals(
        "0d0a0d0a000d0a515549540a2111000c7f0000017f000001"
            + HexFormat.of().toHexDigits((short) ports[0])
            + HexFormat.of().toHexDigits((short) ports[1])
            + hex("hello"),
        hex(header));
  }

  @Test
  void aUnixSocketHasNoAddressesToSay() throws IOException {
    assertEquals("PROXY UNKNOWN\r\nhello", headerOn(Transport.UNIX, "v1", peer -> {}));
    assertEquals(
        "0d0a0d0a000d0a515549540a20000000" + hex("hello"),
        hex(headerOn(Transport.UNIX, "v2", peer -> {})));
  }

  private static String headerOn(
      Transport transport, String version, Consumer<StreamServer.Peer> look) throws IOException {
    CompletableFuture<String> came = new CompletableFuture<>();
    try (StreamServer server =
        StreamServer.start(
            transport,
            peer -> {
              look.accept(peer);
              byte[] all = peer.in().readAllBytes();
              came.complete(new String(all, StandardCharsets.ISO_8859_1));
            })) {
      Run.withInput(
              "hello".getBytes(StandardCharsets.UTF_8),
              "talk",
              server.target(),
              "--proxy-protocol",
              version)
          .succeeded();
      return came.join();
    }
  }

  private static int port(StreamServer.Peer peer, boolean remote) {
    try {
      return ((InetSocketAddress)
              (remote ? peer.channel().getRemoteAddress() : peer.channel().getLocalAddress()))
          .getPort();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static String hex(String bytes) {
    return HexFormat.of().formatHex(bytes.getBytes(StandardCharsets.ISO_8859_1));
  }

  @ParameterizedTest
  @ValueSource(strings = {"check", "load", "ping", "send", "talk", "time"})
  void theHelpTellsOfTheFlagsInASectionOfTheirOwn(String command) {
    String help = Run.of(command, "--help").succeeded();

    assertTrue(help.contains("What connections begin with:"), help);
    for (String flag :
        new String[] {"--ca", "--cert", "--key", "--insecure", "--sni", "--proxy-protocol"}) {
      assertTrue(help.contains("  " + flag), help);
    }
  }
}
