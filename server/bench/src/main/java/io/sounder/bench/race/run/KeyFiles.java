package io.sounder.bench.race.run;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;

/**
 * A self-signed certificate and its key, for the servers that speak TLS: made by the JDK's {@code
 * keytool} when first asked for, and kept.
 */
public final class KeyFiles {
  private static final String ALIAS = "race";
  private static final String PASSWORD = "of a key that protects nothing";

  private final Path folder;

  public KeyFiles(Path folder) {
    this.folder = folder;
  }

  /** The certificate, PEM. */
  public Path certificate() {
    return file("certificate.pem");
  }

  /** The key, PEM, PKCS#8, not encrypted. */
  public Path privateKey() {
    return file("key.pem");
  }

  private Path file(String name) {
    Path file = folder.resolve(name);
    if (!Files.exists(file)) {
      try {
        make();
      } catch (IOException | GeneralSecurityException e) {
        throw new RaceFailure("no certificate can be made in " + folder + ": " + e.getMessage(), e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new RaceFailure("interrupted", e);
      }
    }
    return file;
  }

  private void make() throws IOException, GeneralSecurityException, InterruptedException {
    Files.createDirectories(folder);
    Path store = folder.resolve("store.p12");
    Files.deleteIfExists(store);
    run(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
            "-genkeypair",
            "-alias",
            ALIAS,
            "-keyalg",
            "EC",
            "-groupname",
            "secp256r1",
            "-dname",
            "CN=localhost",
            "-ext",
            "san=dns:localhost,ip:127.0.0.1",
            "-validity",
            "3650",
            "-storetype",
            "PKCS12",
            "-keystore",
            store.toString(),
            "-storepass",
            PASSWORD));
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      keys.load(in, PASSWORD.toCharArray());
    }
    byte[] key = keys.getKey(ALIAS, PASSWORD.toCharArray()).getEncoded();
    write("key.pem", "PRIVATE KEY", key);
    write("certificate.pem", "CERTIFICATE", keys.getCertificate(ALIAS).getEncoded());
  }

  private static void run(List<String> command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException("keytool: " + said.strip());
    }
  }

  private void write(String name, String what, byte[] der) throws IOException {
    String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
    Files.writeString(
        folder.resolve(name),
        "-----BEGIN " + what + "-----\n" + text + "\n-----END " + what + "-----\n");
  }
}
