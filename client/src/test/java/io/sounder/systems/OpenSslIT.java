package io.sounder.systems;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sounder.client.fixture.Run;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * OpenSSL as server, certificates and keys of its own making, and as the converter that we name.
 */
class OpenSslIT {
  @TempDir static Path folder;

  @BeforeAll
  static void makeCertificates() throws Exception {
    selfSigned("server", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1");
    selfSigned("client", "rsa:2048");
  }

  private static void selfSigned(String name, String... key) throws Exception {
    List<String> command = new ArrayList<>(List.of("openssl", "req", "-x509", "-nodes", "-newkey"));
    command.addAll(List.of(key));
    command.addAll(
        List.of(
            "-keyout",
            file(name + ".key"),
            "-out",
            file(name + ".pem"),
            "-days",
            "30",
            "-subj",
            "/CN=" + name,
            "-addext",
            "subjectAltName=DNS:localhost,IP:127.0.0.1"));
    openssl(command);
  }

  private static String file(String name) {
    return folder.resolve(name).toString();
  }

  private static void openssl(List<String> command) throws Exception {
    try (Program program = Program.start(command)) {
      assertEquals(0, program.exitCode(), program::toString);
    }
  }

  /** A server that sends each line back, reversed. */
  private static ForeignServer server(String... flags) throws Exception {
    return ForeignServer.onTcp(
        port -> {
          List<String> command =
              new ArrayList<>(
                  List.of(
                      "openssl",
                      "s_server",
                      "-accept",
                      "127.0.0.1:" + port,
                      "-cert",
                      file("server.pem"),
                      "-key",
                      file("server.key"),
                      "-rev"));
          command.addAll(List.of(flags));
          return command;
        });
  }

  @ParameterizedTest
  @ValueSource(strings = {"-tls1_2", "-tls1_3"})
  void everyLineComesBackReversed(String version) throws Exception {
    try (ForeignServer server = server(version)) {
      String target = server.target("tls");
      String said =
          Run.of("send", target, "abc\\n", "--escapes", "--replies", "1", "--ca", ca()).succeeded();
      assertEquals("cba\n", said);

      String checked = Run.of("check", target, "--ca", ca(), "-v").succeeded();
      assertTrue(checked.contains("TLSv1." + version.charAt(6)), checked);
      assertTrue(checked.contains("Certificate    CN=server"), checked);
      assertTrue(checked.contains("key          EC, 256 bits"), checked);

      LoadRunner.verified(
          1000, target, "-c", "1", "--message", "abc\\n", "--expect", "cba\\n", "--ca", ca());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"-tls1_2", "-tls1_3"})
  void aCertificateOfOursIsAskedFor(String version) throws Exception {
    try (ForeignServer server =
        server(version, "-Verify", "1", "-verify_return_error", "-CAfile", file("client.pem"))) {
      String target = server.target("tls");
      Run.of("check", target, "--ca", ca())
          .failed(3, "the server asks for a client certificate", "--cert and --key");
      Run.of(
              "check",
              target,
              "--ca",
              ca(),
              "--cert",
              file("client.pem"),
              "--key",
              file("client.key"))
          .succeeded();
      Run.of(
              "check",
              target,
              "--ca",
              ca(),
              "--cert",
              file("server.pem"),
              "--key",
              file("server.key"))
          .failed(3, "the server refuses our certificate");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"rsa", "ec", "encrypted"})
  void aKeyOfAnotherFormatIsConvertedByTheCommandThatTheErrorNames(String kind) throws Exception {
    String name = kind.equals("ec") ? "server" : "client";
    Path old = folder.resolve(kind + "-old.key");
    List<String> converted =
        new ArrayList<>(List.of("openssl", "pkey", "-in", file(name + ".key"), "-out", "" + old));
    if (kind.equals("encrypted")) {
      converted.addAll(List.of("-aes256", "-passout", "pass:secret"));
    } else {
      converted.add("-traditional");
    }
    openssl(converted);
    String[] line = {
      "check", "tls://127.0.0.1:1", "--cert", file(name + ".pem"), "--key", old.toString()
    };

    Run.of(line).failed(2, "openssl pkcs8 -topk8 -nocrypt -in " + old + " -out new.pem");

    Path converter = folder.resolve("new-" + kind + ".pem");
    List<String> command =
        new ArrayList<>(List.of("openssl", "pkcs8", "-topk8", "-nocrypt", "-in", "" + old, "-out"));
    command.add(converter.toString());
    if (kind.equals("encrypted")) {
      command.addAll(List.of("-passin", "pass:secret"));
    }
    openssl(command);
    line[5] = converter.toString();
    Run.of(line).failed(3, "refused"); // the key is taken, and nobody listens
  }

  @Test
  void whatOpenSslDoesNotOfferIsSaid() throws Exception {
    try (ForeignServer server = server("-tls1_1", "-cipher", "ALL:@SECLEVEL=0")) {
      Run.of("check", server.target("tls"), "--ca", ca()).failed(3, "neither TLS 1.2 nor TLS 1.3");
    }
  }

  private static String ca() {
    return file("server.pem");
  }
}
