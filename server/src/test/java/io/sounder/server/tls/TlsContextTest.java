package io.sounder.server.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sounder.protocol.endpoint.TlsSettings;
import io.sounder.server.fixture.Certificates;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which files a listener can speak TLS with, and what is said of the others. */
class TlsContextTest {
  private static final Path CERTIFICATE = Certificates.file("server.pem");
  private static final Path KEY = Certificates.file("server-key.pem");
  private static final Path AUTHORITY = Certificates.file("authority.pem");

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"server", "rsa"})
  void readsACertificateAndItsKey(String kind) throws Exception {
    TlsContext context =
        read(Certificates.file(kind + ".pem"), Certificates.file(kind + "-key.pem"));
    assertTrue(context.notAfter().isAfter(Instant.now()));
  }

  @Test
  void readsBothFromOneFileWithExplanationsInIt() throws Exception {
    Path both = file("Bag Attributes: none\n" + text(KEY) + "subject=/CN=x\n" + text(CERTIFICATE));
    read(both, both);
  }

  @Test
  void readsFilesThatWereWrittenOnAnotherSystem() throws Exception {
    read(file(text(CERTIFICATE).replace("\n", "\r\n")), KEY);
  }

  @Test
  void takesACertificateThatHasExpired() throws Exception {
    TlsContext expired =
        read(Certificates.file("expired.pem"), Certificates.file("expired-key.pem"));
    assertTrue(expired.notAfter().isBefore(Instant.now()));
  }

  @ParameterizedTest
  @CsvSource({
    "RSA PRIVATE KEY,       a key that is not PKCS#8",
    "EC PRIVATE KEY,        a key that is not PKCS#8",
    "DSA PRIVATE KEY,       a key that is not PKCS#8",
    "ENCRYPTED PRIVATE KEY, an encrypted key"
  })
  void saysHowToConvertAKeyInAnotherFormat(String label, String kind) throws Exception {
    Path key = file(text(KEY).replace("PRIVATE KEY", label));
    assertRefused(
        CERTIFICATE,
        key,
        key + ": holds " + kind + "; convert it with: openssl pkey -in " + key + " -out key.pem");
  }

  @Test
  void refusesAKeyThatBelongsToAnotherCertificate() throws Exception {
    String refusal =
        " is not the private key of the first certificate in "
            + CERTIFICATE
            + "; give the key with which that one was requested";
    Path rsa = Certificates.file("rsa-key.pem");
    assertRefused(CERTIFICATE, rsa, rsa + ":" + refusal);
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    byte[] other = generator.generateKeyPair().getPrivate().getEncoded();
    Path elliptic = file(Certificates.pem("PRIVATE KEY", other));
    assertRefused(CERTIFICATE, elliptic, elliptic + ":" + refusal);
  }

  @Test
  void refusesFilesWithoutWhatTheyAreFor() throws Exception {
    assertRefused(
        KEY, KEY, KEY + ": holds no certificate; give a PEM file with -----BEGIN CERTIFICATE-----");
    assertRefused(
        CERTIFICATE,
        CERTIFICATE,
        CERTIFICATE + ": holds no private key; give a PEM file with -----BEGIN PRIVATE KEY-----");
    Path empty = file("");
    TlsSettings settings =
        new TlsSettings(CERTIFICATE.toString(), KEY.toString(), Optional.of(empty.toString()), 0);
    assertEquals(
        empty + ": holds no certificate; give a PEM file with -----BEGIN CERTIFICATE-----",
        assertThrows(TlsFileException.class, () -> TlsContext.read(settings)).getMessage());
  }

  @Test
  void refusesWhatIsDamaged() throws Exception {
    Path noDer = file(Certificates.pem("CERTIFICATE", new byte[] {1, 2, 3}));
    assertRefused(noDer, KEY, noDer + ": its certificate 1 is damaged; give an undamaged PEM file");
    Path noBase64 = file("-----BEGIN CERTIFICATE-----\nAAAAA\n-----END CERTIFICATE-----\n");
    assertRefused(
        noBase64, KEY, noBase64 + ": its CERTIFICATE is not Base64; give an undamaged PEM file");
  }

  @Test
  void refusesFilesThatCannotBeRead() throws Exception {
    Path missing = folder.resolve("missing.pem");
    assertRefused(missing, KEY, missing + ": no such file; give the path of a PEM file");
    assertRefused(CERTIFICATE, missing, missing + ": no such file; give the path of a PEM file");
    Path large = file(" ".repeat((1 << 20) + 1));
    assertRefused(
        large, KEY, large + ": has more than 1048576 bytes; give a file of certificates or keys");
  }

  @Test
  void takesAsManyAuthoritiesAsThereAre() throws Exception {
    Path two = file(text(AUTHORITY) + text(CERTIFICATE));
    TlsContext.read(
        new TlsSettings(CERTIFICATE.toString(), KEY.toString(), Optional.of(two.toString()), 0));
  }

  private static void assertRefused(Path certificate, Path key, String message) {
    TlsFileException refusal = assertThrows(TlsFileException.class, () -> read(certificate, key));
    assertEquals(message, refusal.getMessage());
    assertFalse(refusal.getMessage().contains("\n"));
  }

  private static TlsContext read(Path certificate, Path key) throws TlsFileException {
    return TlsContext.read(
        new TlsSettings(certificate.toString(), key.toString(), Optional.empty(), 0));
  }

  private Path file(String text) throws IOException {
    return Files.writeString(Files.createTempFile(folder, "test", ".pem"), text);
  }

  private static String text(Path file) throws IOException {
    return Files.readString(file);
  }
}
